import { COMMAND_CEILING_MS } from '@ocpp-gw/contracts';
import { z } from 'zod';

const CEILING_S = COMMAND_CEILING_MS / 1000;

const WAIT = 'Seconds to wait for the answer of the charge point';

export const timeoutSeconds = z
  .number()
  .min(1)
  .max(CEILING_S)
  .default(CEILING_S)
  .describe(WAIT)
  .meta({ examples: [10] });

/** The same in a query parameter. */
export const timeoutSecondsText = z.coerce.number().min(1).max(CEILING_S).default(CEILING_S).describe(WAIT);
