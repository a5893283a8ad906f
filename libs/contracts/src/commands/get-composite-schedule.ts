import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { answeredSchedule, chargingRateUnit } from './shared/charging-profile.ts';
import { evseOrStation, int32, orNull } from './shared/fields.ts';

export const getCompositeSchedule = defineCommand({
  kind: 'GetCompositeSchedule',
  job: 'smart charging',
  summary: 'Ask for the schedule that results from all charging profiles together (1.6 and 2.0.1 GetCompositeSchedule)',
  request: z.strictObject({
    evse_id: evseOrStation,
    duration: int32(1)
      .describe('Duration of the schedule, in seconds from now')
      .meta({ examples: [3600] }),
    charging_rate_unit: chargingRateUnit
      .optional()
      .describe('Unit of the limits; absent means that the charge point chooses it'),
  }),
  example: { evse_id: 1, duration: 3600 },
  answer: {
    evse_id: orNull(z.int()).describe('EVSE (1.6: connector) of the schedule; null when the charge point sends none'),
    schedule_start: orNull(z.string()).describe(
      'Time from which the periods count; null when the charge point sends none',
    ),
    schedule: orNull(answeredSchedule).describe('Schedule; null when the charge point rejects the request'),
  },
});
