import { z } from 'zod';
import { grpcName } from '../grpc-names.ts';
import { int32, orNull, timestamp, transactionId } from './fields.ts';

/** What is wrong with a profile in one protocol's eyes is said by ws-edge, which translates it. */

const rate = z.number().min(0).multipleOf(0.1);

export const chargingRateUnit = grpcName(
  'ChargingRateUnit',
  z.enum(['A', 'W']).describe('Amperes per phase, or watts of all phases together'),
);

export const chargingSchedule = grpcName(
  'ChargingSchedule',
  z
    .strictObject({
      duration: int32(1).optional().describe('Seconds; absent: until the profile is replaced or ends'),
      start_schedule: timestamp.optional().describe('Of an absolute or recurring schedule'),
      charging_rate_unit: chargingRateUnit,
      min_charging_rate: rate.optional().describe('Below this the vehicle charges inefficiently; one decimal'),
      periods: z
        .array(
          grpcName(
            'ChargingSchedulePeriod',
            z.strictObject({
              start_period: int32(0)
                .describe('Seconds from the start of the schedule; 0 for the first period')
                .meta({ examples: [0] }),
              limit: rate.describe('In the unit of the schedule; one decimal').meta({ examples: [16] }),
              number_phases: z.int().min(1).max(3).optional().describe('Phases that may be used; 3 when absent'),
              phase_to_use: z.int().min(1).max(3).optional().describe('2.0.1 only: which phase, where one may be used'),
            }),
          ),
        )
        .min(1)
        .describe('In the order of their starts'),
    })
    .meta({ id: 'ChargingSchedule' }),
);

const PURPOSES = ['ChargingStationMaxProfile', 'TxDefaultProfile', 'TxProfile'] as const;

/** Of a profile to set: external constraints are the station's to report and nobody's to set (OCPP 2.0.1 K01). */
const settablePurpose = grpcName(
  'ChargingProfilePurpose',
  z
    .enum(PURPOSES)
    .describe('The limit of the station (1.6 ChargePointMaxProfile), of every transaction, or of one transaction'),
);

/** Of profiles that are there. */
export const chargingProfilePurpose = grpcName(
  'ChargingProfilePurpose',
  z
    .enum([...PURPOSES, 'ChargingStationExternalConstraints'])
    .describe(
      'The limit of the station (1.6 ChargePointMaxProfile), of every transaction, of one transaction, or (2.0.1 only) from outside',
    ),
);

export const chargingProfileId = int32(0)
  .describe('Of the caller; the same id replaces the profile')
  .meta({ examples: [17] });

export const stackLevel = int32(0)
  .describe('Of two profiles of one purpose the higher level holds')
  .meta({ examples: [0] });

export const chargingProfile = grpcName(
  'ChargingProfile',
  z
    .strictObject({
      charging_profile_id: chargingProfileId,
      stack_level: stackLevel,
      purpose: settablePurpose,
      kind: grpcName(
        'ChargingProfileKind',
        z
          .enum(['Absolute', 'Recurring', 'Relative'])
          .describe('Relative starts with the transaction, the others at start_schedule'),
      ),
      recurrency_kind: grpcName('RecurrencyKind', z.enum(['Daily', 'Weekly']))
        .optional()
        .describe('Of a recurring profile'),
      valid_from: timestamp.optional().describe('Valid at once when absent'),
      valid_to: timestamp.optional().describe('Valid until replaced when absent'),
      transaction_id: transactionId.optional().describe('Of a TxProfile: the transaction it is for'),
      schedule: chargingSchedule,
      alternatives: z
        .array(chargingSchedule)
        .min(1)
        .max(2)
        .optional()
        .describe('2.0.1 only: further schedules, of which an ISO 15118 vehicle picks one'),
    })
    .meta({ id: 'ChargingProfile' }),
);

/** As a charge point says it: whatever its numbers are. */
export const answeredSchedule = grpcName(
  'ChargingSchedule',
  z
    .object({
      duration: orNull(z.int()).describe('Seconds'),
      start_schedule: orNull(z.string()),
      charging_rate_unit: chargingRateUnit,
      min_charging_rate: orNull(z.number()),
      periods: z.array(
        grpcName(
          'ChargingSchedulePeriod',
          z.object({
            start_period: z.int().describe('Seconds from the start of the schedule'),
            limit: z.number().describe('In the unit of the schedule'),
            number_phases: orNull(z.int()),
            phase_to_use: orNull(z.int()).describe('Which phase, where one may be used'),
          }),
        ),
      ),
    })
    .meta({ id: 'CompositeSchedule' }),
);
