import { z } from 'zod';
import type { StationEvent } from '@ocpp-gw/clickhouse';
import { renderVariable, variableFilter, variableShape } from './device-model.schema.ts';
import { moment, pageOf, pageQuery, timestamp } from './page.ts';

const stationEvent = z
  .object({
    occurred_at: timestamp.describe('By the clock of the charge point'),
    recorded_at: timestamp,
    event_number: z.int().describe('As the charge point counts'),
    trigger: z.string().describe('Alerting, Delta or Periodic'),
    notification_type: z
      .string()
      .describe('HardWiredNotification, HardWiredMonitor, PreconfiguredMonitor or CustomMonitor'),
    ...variableShape,
    actual_value: z.string(),
    cause: z.int().nullable().describe('event_number of the event that caused it'),
    tech_code: z.string().nullable(),
    tech_info: z.string().nullable(),
    cleared: z.boolean().describe('The monitored condition is over'),
    transaction_id: z.string().nullable(),
    monitor_id: z.int().nullable(),
    protocol: z.string(),
    event_id: z.string(),
  })
  .meta({ id: 'StationEvent' });

export const stationEventPage = pageOf(stationEvent).meta({ id: 'StationEventPage' });

export const stationEventQuery = z.strictObject({
  from: moment.optional().describe('Occurred at or after'),
  to: moment.optional().describe('Occurred before'),
  ...variableFilter,
  ...pageQuery({ preset: 200, max: 5000 }),
});

export function renderStationEvent(event: StationEvent): z.infer<typeof stationEvent> {
  return {
    occurred_at: event.occurredAt.toISOString(),
    recorded_at: event.recordedAt.toISOString(),
    event_number: event.eventNumber,
    trigger: event.trigger,
    notification_type: event.notificationType,
    ...renderVariable(event),
    actual_value: event.actualValue,
    cause: event.cause,
    tech_code: event.techCode,
    tech_info: event.techInfo,
    cleared: event.cleared,
    transaction_id: event.transactionId,
    monitor_id: event.monitorId,
    protocol: event.protocol,
    event_id: event.eventId,
  };
}
