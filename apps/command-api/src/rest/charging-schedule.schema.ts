import { z } from 'zod';

export const takenSchedule = z
  .object({
    duration: z.int().nullable().describe('Duration in seconds; null when the schedule has no end of its own'),
    start_schedule: z.string().nullable().describe('When the schedule starts, ISO 8601; null for a relative schedule'),
    charging_rate_unit: z.enum(['A', 'W']).describe('Unit of all limits of the schedule'),
    min_charging_rate: z
      .number()
      .nullable()
      .describe('Lowest charging rate that the vehicle can use, in charging_rate_unit; null when it was not given'),
    periods: z
      .array(
        z.object({
          start_period: z.int().describe('Start of the period, in seconds from the start of the schedule'),
          limit: z.number().describe('Limit during the period, in charging_rate_unit'),
          number_phases: z.int().nullable().describe('Number of phases; null when it was not given, which means 3'),
          phase_to_use: z
            .int()
            .nullable()
            .describe('Phase to use when only one may be used (2.0.1 only); null when it was not given'),
        }),
      )
      .describe('Periods of the schedule, in the order of their starts'),
  })
  .meta({ id: 'TakenChargingSchedule' });
