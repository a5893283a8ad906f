import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { answeredSchedule, chargingRateUnit } from './shared/charging-profile.ts';
import { evseOrStation, int32, orNull } from './shared/fields.ts';

export const getCompositeSchedule = defineCommand({
  kind: 'GetCompositeSchedule',
  summary: 'Ask for the schedule that all charging profiles together make (1.6 and 2.0.1 GetCompositeSchedule)',
  request: z.strictObject({
    evse_id: evseOrStation,
    duration: int32(1)
      .describe('Seconds from now')
      .meta({ examples: [3600] }),
    charging_rate_unit: chargingRateUnit.optional().describe('Absent leaves it to the charge point'),
  }),
  example: { evse_id: 1, duration: 3600 },
  answer: {
    evse_id: orNull(z.int()).describe('EVSE (1.6: connector) of the schedule'),
    schedule_start: orNull(z.string()).describe('What the periods count from'),
    schedule: orNull(answeredSchedule).describe('null where the charge point rejects the request'),
  },
});
