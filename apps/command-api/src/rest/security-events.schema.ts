import { z } from 'zod';
import { withPeriod } from './filters.ts';
import { eventShape, moment, pageOf, pageQuery } from './page.ts';

const securityEvent = z
  .object({
    ...eventShape,
    type: z.string().describe("Type of the event, from the list of the OCPP security whitepaper or the vendor's own"),
    tech_info: z
      .string()
      .nullable()
      .describe('Technical details as the charge point sent them; null when it sent none'),
  })
  .meta({ id: 'SecurityEvent' });

export const securityEventPage = pageOf(securityEvent).meta({ id: 'SecurityEventPage' });

export const securityEventQuery = withPeriod(
  z.strictObject({
    from: moment.optional().describe('Only events that happened at this time or later'),
    to: moment.optional().describe('Only events that happened before this time'),
    type: z
      .string()
      .min(1)
      .max(50)
      .optional()
      .describe('Only events of this type')
      .meta({ examples: ['TamperDetectionActivated'] }),
    ...pageQuery({ preset: 200, max: 5000 }),
  }),
);
