import { z } from 'zod';
import type { SecurityEvent } from '@ocpp-gw/clickhouse';
import { moment, pageOf, pageQuery, timestamp } from './page.ts';

const securityEvent = z
  .object({
    occurred_at: timestamp.describe('By the clock of the charge point'),
    recorded_at: timestamp,
    type: z.string().describe("As listed by the security whitepaper, or the vendor's own"),
    tech_info: z.string().nullable(),
    protocol: z.string(),
    event_id: z.string(),
  })
  .meta({ id: 'SecurityEvent' });

export const securityEventPage = pageOf(securityEvent).meta({ id: 'SecurityEventPage' });

export const securityEventQuery = z.strictObject({
  from: moment.optional().describe('Occurred at or after'),
  to: moment.optional().describe('Occurred before'),
  type: z
    .string()
    .min(1)
    .max(50)
    .optional()
    .meta({ examples: ['TamperDetectionActivated'] }),
  ...pageQuery({ preset: 200, max: 5000 }),
});

export function renderSecurityEvent(event: SecurityEvent): z.infer<typeof securityEvent> {
  return {
    occurred_at: event.occurredAt.toISOString(),
    recorded_at: event.recordedAt.toISOString(),
    type: event.type,
    tech_info: event.techInfo,
    protocol: event.protocol,
    event_id: event.eventId,
  };
}
