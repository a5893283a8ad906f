import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { chargingProfileId, chargingProfilePurpose, stackLevel } from './shared/charging-profile.ts';
import { evseOrStation } from './shared/fields.ts';

export const clearChargingProfile = defineCommand({
  kind: 'ClearChargingProfile',
  summary:
    'Clear the charging profiles for which every field given holds, all when none is (1.6 and 2.0.1 ClearChargingProfile)',
  request: z.strictObject({
    charging_profile_id: chargingProfileId.optional().describe('The one with this id'),
    evse_id: evseOrStation
      .optional()
      .describe('Those of this EVSE (1.6: connector); 0 means those of the whole station'),
    purpose: chargingProfilePurpose.optional(),
    stack_level: stackLevel.optional().describe('Those of this level'),
  }),
  example: { evse_id: 0, purpose: 'TxDefaultProfile' },
});
