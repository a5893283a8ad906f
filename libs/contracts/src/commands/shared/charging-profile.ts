import { z } from 'zod';
import { grpcName } from '../grpc-names.ts';
import { endTime, int32, orNull, timestamp, transactionId } from './fields.ts';
import { having, refusing } from './rules.ts';

/** Faults of a profile that only one protocol knows are found by ws-edge, which translates it. */

/** Zod takes every number below its precision for a multiple of 0.1. */
const rate = z
  .number()
  .min(0)
  .refine((value) => Number(value.toFixed(1)) === value, 'must be a multiple of 0.1')
  .meta({ multipleOf: 0.1 });

export const chargingRateUnit = grpcName(
  'ChargingRateUnit',
  z.enum(['A', 'W']).describe('Unit of limits: A is amperes per phase, W is watts of all phases together'),
);

export const chargingSchedule = grpcName(
  'ChargingSchedule',
  z
    .strictObject({
      duration: int32(1).optional().describe('Duration in seconds; absent means until the profile is replaced or ends'),
      start_schedule: timestamp
        .optional()
        .describe('When an absolute or recurring schedule starts (2.0.1 needs it); a relative one has none'),
      charging_rate_unit: chargingRateUnit,
      min_charging_rate: rate
        .optional()
        .describe('Lowest charging rate that the vehicle can use, with at most one decimal'),
      periods: z
        .array(
          grpcName(
            'ChargingSchedulePeriod',
            z.strictObject({
              start_period: int32(0)
                .describe(
                  'Start of the period, in seconds from the start of the schedule: 0 for the first period, and later than before for each other',
                )
                .meta({ examples: [0] }),
              limit: rate
                .describe('Limit in the unit of the schedule, with at most one decimal')
                .meta({ examples: [16] }),
              number_phases: z.int().min(1).max(3).optional().describe('Number of phases; absent means 3'),
              phase_to_use: z
                .int()
                .min(1)
                .max(3)
                .optional()
                .describe('Phase to use when number_phases is 1 (2.0.1 only)'),
            }),
          ),
        )
        .min(1)
        .describe('Periods in the order of their starts'),
    })
    .meta({ id: 'ChargingSchedule' }),
);

const NOT_OF_TRANSACTION = ['ChargingStationMaxProfile', 'TxDefaultProfile'] as const;
const PURPOSES = [...NOT_OF_TRANSACTION, 'TxProfile'] as const;

/** The purposes of a profile that a command sets. External constraints are only reported by a charge point (OCPP 2.0.1 K01). */
const settablePurpose = grpcName(
  'ChargingProfilePurpose',
  z
    .enum(PURPOSES)
    .describe(
      'Purpose of the profile: it limits the whole charge point (1.6 ChargePointMaxProfile), every transaction, or one transaction',
    ),
);

/** The purposes of profiles that a charge point has. */
export const chargingProfilePurpose = grpcName(
  'ChargingProfilePurpose',
  z
    .enum([...PURPOSES, 'ChargingStationExternalConstraints'])
    .describe(
      'Purpose of the profile: it limits the whole charge point (1.6 ChargePointMaxProfile), every transaction, or one transaction; ' +
        'ChargingStationExternalConstraints (2.0.1 only) is a limit that a system outside the CSMS has set',
    ),
);

export const chargingProfileId = int32(0)
  .describe('Id of the profile, chosen by the caller; a profile with the same id is replaced')
  .meta({ examples: [17] });

export const stackLevel = int32(0)
  .describe('Level of the profile; among profiles with the same purpose the highest level applies')
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
          .describe('When the schedule starts: Relative with the transaction, the others at start_schedule'),
      ),
      recurrency_kind: grpcName('RecurrencyKind', z.enum(['Daily', 'Weekly']))
        .optional()
        .describe('How often a recurring profile repeats; only that kind has it'),
      valid_from: timestamp.optional().describe('When the profile becomes valid; absent means at once'),
      valid_to: endTime
        .optional()
        .describe('When the profile becomes invalid, not in the past; absent means when it is replaced'),
      transaction_id: transactionId.optional().describe('Transaction that a TxProfile is for; no other purpose has it'),
      schedule: chargingSchedule,
      alternatives: z
        .array(chargingSchedule)
        .min(1)
        .max(2)
        .optional()
        .describe('Further schedules, from which an ISO 15118 vehicle chooses one (2.0.1 only)'),
    })
    .meta({
      id: 'ChargingProfile',
      ...refusing(
        { properties: { kind: { const: 'Recurring' } }, not: having('recurrency_kind') },
        { allOf: [{ properties: { kind: { enum: ['Absolute', 'Relative'] } } }, having('recurrency_kind')] },
        { allOf: [{ properties: { purpose: { enum: NOT_OF_TRANSACTION } } }, having('transaction_id')] },
      ),
    }),
);

/** A schedule as a charge point sends it. Its numbers are not checked. */
export const answeredSchedule = grpcName(
  'ChargingSchedule',
  z
    .object({
      duration: orNull(z.int()).describe('Duration in seconds; null when the charge point sends none'),
      start_schedule: orNull(z.string()).describe('When the schedule starts; null when the charge point sends no time'),
      charging_rate_unit: chargingRateUnit,
      min_charging_rate: orNull(z.number()).describe(
        'Lowest charging rate that the vehicle can use; null when the charge point sends none',
      ),
      periods: z.array(
        grpcName(
          'ChargingSchedulePeriod',
          z.object({
            start_period: z.int().describe('Start of the period, in seconds from the start of the schedule'),
            limit: z.number().describe('Limit in the unit of the schedule'),
            number_phases: orNull(z.int()).describe(
              'Number of phases; null when the charge point sends none, which means 3',
            ),
            phase_to_use: orNull(z.int()).describe(
              'Phase to use when only one may be used (2.0.1 only); null when the charge point sends none',
            ),
          }),
        ),
      ),
    })
    .meta({ id: 'CompositeSchedule' }),
);
