import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { chargingProfileId, chargingProfilePurpose, stackLevel } from './shared/charging-profile.ts';
import { evseOrStation } from './shared/fields.ts';

export const clearChargingProfile = defineCommand({
  kind: 'ClearChargingProfile',
  job: 'smart charging',
  summary:
    'Clear one charging profile by its id, or those that match every other field that is given; without a field all of them, which OCPP 2.0.1 does not allow (1.6 and 2.0.1 ClearChargingProfile)',
  request: z.strictObject({
    charging_profile_id: chargingProfileId
      .optional()
      .describe('Id of the profile to clear. OCPP 2.0.1 takes no other field beside it'),
    evse_id: evseOrStation
      .optional()
      .describe('EVSE (1.6: connector) of the profiles to clear; 0 means the profiles of the whole charge point'),
    purpose: chargingProfilePurpose.optional(),
    stack_level: stackLevel.optional().describe('Level of the profiles to clear'),
  }),
  example: { evse_id: 0, purpose: 'TxDefaultProfile' },
});
