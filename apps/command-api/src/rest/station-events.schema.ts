import { z } from 'zod';
import { variableFilter, variableShape } from './device-model.schema.ts';
import { withPeriod } from './filters.ts';
import { eventShape, moment, pageOf, pageQuery } from './page.ts';

const stationEvent = z
  .object({
    ...eventShape,
    event_number: z.int().describe('Number that the charge point gave the event'),
    trigger: z.string().describe('What caused the event: Alerting, Delta or Periodic'),
    notification_type: z
      .string()
      .describe('Source of the event: HardWiredNotification, HardWiredMonitor, PreconfiguredMonitor or CustomMonitor'),
    ...variableShape,
    actual_value: z.string().describe('Value of the variable, as text'),
    cause: z.int().nullable().describe('`event_number` of the event that caused this one; null when none was given'),
    tech_code: z.string().nullable().describe('Technical error code; null when none was given'),
    tech_info: z.string().nullable().describe('Technical details; null when none were given'),
    cleared: z.boolean().describe('Whether the monitored condition has ended'),
    transaction_id: z.string().nullable().describe('Transaction that the event belongs to; null when none was given'),
    monitor_id: z.int().nullable().describe('Monitor that caused the event; null when none was given'),
  })
  .meta({ id: 'StationEvent' });

export const stationEventPage = pageOf(stationEvent).meta({ id: 'StationEventPage' });

export const stationEventQuery = withPeriod(
  z.strictObject({
    from: moment.optional().describe('Only events that happened at this time or later'),
    to: moment.optional().describe('Only events that happened before this time'),
    ...variableFilter,
    ...pageQuery({ preset: 200, max: 5000 }),
  }),
);
