import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { chargingProfileId, chargingProfilePurpose, stackLevel } from './shared/charging-profile.ts';
import { evseOrStation } from './shared/fields.ts';

export const clearChargingProfile = defineCommand({
  kind: 'ClearChargingProfile',
  job: 'smart charging',
  summary:
    'Clear the charging profiles that match every given field, or all of them when no field is given (1.6 and 2.0.1 ClearChargingProfile)',
  request: z.strictObject({
    charging_profile_id: chargingProfileId.optional().describe('Id of the profile to clear'),
    evse_id: evseOrStation
      .optional()
      .describe('EVSE (1.6: connector) of the profiles to clear; 0 means the profiles of the whole charge point'),
    purpose: chargingProfilePurpose.optional(),
    stack_level: stackLevel.optional().describe('Level of the profiles to clear'),
  }),
  example: { evse_id: 0, purpose: 'TxDefaultProfile' },
});
