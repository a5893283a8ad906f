import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { chargingProfile } from './shared/charging-profile.ts';
import { evseOrStation } from './shared/fields.ts';

export const setChargingProfile = defineCommand({
  kind: 'SetChargingProfile',
  job: 'smart charging',
  summary: 'Set a charging profile (1.6 and 2.0.1 SetChargingProfile)',
  request: z.strictObject({ evse_id: evseOrStation, charging_profile: chargingProfile }),
  example: {
    evse_id: 1,
    charging_profile: {
      charging_profile_id: 17,
      stack_level: 0,
      purpose: 'TxDefaultProfile',
      kind: 'Recurring',
      recurrency_kind: 'Daily',
      schedule: {
        start_schedule: '2026-01-01T00:00:00Z',
        charging_rate_unit: 'A',
        periods: [
          { start_period: 0, limit: 16 },
          { start_period: 28_800, limit: 6.5, number_phases: 1 },
        ],
      },
    },
  },
});
