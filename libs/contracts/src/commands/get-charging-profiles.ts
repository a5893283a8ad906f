import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { grpcName } from './grpc-names.ts';
import { chargingProfileId, chargingProfilePurpose, stackLevel } from './shared/charging-profile.ts';
import { evseOrStation, reportRequestId } from './shared/fields.ts';

export const getChargingProfiles = defineCommand({
  kind: 'GetChargingProfiles',
  job: 'smart charging',
  summary: 'Ask for the charging profiles that match every given field (2.0.1 only; 1.6 has GetCompositeSchedule)',
  nearest: 'get-composite-schedule',
  request: z.strictObject({
    ocpp_request_id: reportRequestId,
    evse_id: evseOrStation
      .optional()
      .describe('EVSE of the profiles to report; 0 means the profiles of the whole charge point'),
    purpose: chargingProfilePurpose.optional(),
    stack_level: stackLevel.optional().describe('Level of the profiles to report'),
    charging_profile_ids: z
      .array(chargingProfileId)
      .min(1)
      .optional()
      .describe('Ids of the profiles to report')
      .meta({ examples: [[17]] }),
    charging_limit_sources: z
      .array(grpcName('ChargingLimitSource', z.enum(['EMS', 'Other', 'SO', 'CSO'])))
      .min(1)
      .max(4)
      .optional()
      .describe(
        'Sources of the limits: EMS is the energy management system, SO the system operator, CSO the operator of the charge point, ' +
          'Other another source; absent means all',
      ),
  }),
  example: { evse_id: 1, purpose: 'TxDefaultProfile' },
  made: 'ocpp_request_id',
});
