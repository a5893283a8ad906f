import { z } from 'zod';

export const errorReportsConfig = {
  EVEYS_OCPP_SENTRY_DSN: z
    .url({ protocol: /^https?$/, error: 'must be the DSN of a Sentry project, a http:// or https:// URL' })
    .optional()
    .describe('Unexpected errors are reported to this Sentry project. Without it nothing of Sentry is loaded'),
};
