import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { grpcName } from './grpc-names.ts';
import { chargingProfileId, chargingProfilePurpose, stackLevel } from './shared/charging-profile.ts';
import { evseOrStation, reportRequestId } from './shared/fields.ts';

export const getChargingProfiles = defineCommand({
  kind: 'GetChargingProfiles',
  summary: 'Ask for the charging profiles for which every field given holds (2.0.1 only; 1.6 has GetCompositeSchedule)',
  nearest: 'get-composite-schedule',
  request: z.strictObject({
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
      .array(grpcName('ChargingLimitSource', z.enum(['EMS', 'Other', 'SO', 'CSO'])))
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
