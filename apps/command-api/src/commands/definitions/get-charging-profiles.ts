import { z } from 'zod';
import { chargingProfileId, chargingProfilePurpose, stackLevel } from '../charging-profile.ts';
import { defineCommand } from '../define-command.ts';
import { evseOrStation, reportRequestId, request } from '../fields.ts';

export const getChargingProfiles = defineCommand({
  kind: 'GetChargingProfiles',
  slug: 'get-charging-profiles',
  summary: 'Ask for the charging profiles for which every field given holds (2.0.1 only; 1.6 has GetCompositeSchedule)',
  request: request({
    ocpp_request_id: reportRequestId,
    evse_id: evseOrStation.optional().describe('Those of this EVSE; 0 means those of the whole station'),
    purpose: chargingProfilePurpose.optional(),
    stack_level: stackLevel.optional().describe('Those of this level'),
    charging_profile_ids: z
      .array(chargingProfileId)
      .min(1)
      .optional()
      .describe('Those with these ids')
      .meta({ examples: [[17]] }),
    charging_limit_sources: z
      .array(z.enum(['EMS', 'Other', 'SO', 'CSO']))
      .min(1)
      .max(4)
      .optional()
      .describe(
        'Those of an energy management system, another source, a system operator, the operator of the charge point',
      ),
  }),
  example: { evse_id: 1, purpose: 'TxDefaultProfile' },
  made: 'ocpp_request_id',
});
