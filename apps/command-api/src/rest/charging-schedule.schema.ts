import type { ScheduleRecord } from '@ocpp-gw/persistence';
import { z } from 'zod';

export const takenSchedule = z
  .object({
    duration: z.int().nullable().describe('Seconds'),
    start_schedule: z.string().nullable(),
    charging_rate_unit: z.enum(['A', 'W']),
    min_charging_rate: z.number().nullable(),
    periods: z.array(
      z.object({
        start_period: z.int().describe('Seconds from the start of the schedule'),
        limit: z.number().describe('In charging_rate_unit'),
        number_phases: z.int().nullable(),
        phase_to_use: z.int().nullable().describe('2.0.1: which phase, where one may be used'),
      }),
    ),
  })
  .meta({ id: 'TakenChargingSchedule' });

export function renderSchedule(schedule: ScheduleRecord): z.infer<typeof takenSchedule> {
  return {
    duration: schedule.duration ?? null,
    start_schedule: schedule.startSchedule ?? null,
    charging_rate_unit: schedule.chargingRateUnit,
    min_charging_rate: schedule.minChargingRate ?? null,
    periods: schedule.periods.map(({ startPeriod, limit, numberPhases, phaseToUse }) => ({
      start_period: startPeriod,
      limit,
      number_phases: numberPhases ?? null,
      phase_to_use: phaseToUse ?? null,
    })),
  };
}
