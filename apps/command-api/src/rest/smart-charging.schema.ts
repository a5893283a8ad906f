import { z } from 'zod';
import { takenSchedule } from './charging-schedule.schema.ts';
import { pageOf, timestamp } from './page.ts';

const evseId = z.int().min(0).describe('Number of the EVSE; 0 means the whole charge point');

const takenProfile = z
  .object({
    charging_profile_id: z.int().describe('Id of the charging profile'),
    evse_id: evseId,
    stack_level: z.int().describe('Stack level: of two profiles with the same purpose, the higher level counts'),
    purpose: z
      .string()
      .describe(
        'Purpose: ChargingStationMaxProfile, TxDefaultProfile or TxProfile; 2.0.1 has also ChargingStationExternalConstraints',
      ),
    kind: z.string().describe('Kind of the schedule: Absolute, Recurring or Relative'),
    recurrency_kind: z.string().nullable().describe('Daily or Weekly; null when the profile does not recur'),
    valid_from: timestamp.nullable().describe('When the profile becomes valid; null means at once'),
    valid_to: timestamp.nullable().describe('When the profile stops being valid; null means never'),
    transaction_id: z
      .string()
      .nullable()
      .describe('Transaction that a TxProfile is for; null when it was not given, and for other purposes'),
    source: z
      .string()
      .describe(
        'Who set the profile: CSO stands for the gateway; EMS, SO and Other are reported by the charge point (2.0.1)',
      ),
    schedule: takenSchedule.describe('Charging schedule of the profile'),
    alternatives: z
      .array(takenSchedule)
      .describe(
        'Further schedules, from which an ISO 15118 vehicle chooses one (2.0.1 only); empty when there are none',
      ),
    set_at: timestamp.describe('When the charge point accepted or reported the profile'),
  })
  .meta({ id: 'TakenChargingProfile' });

export const chargingProfilePage = pageOf(takenProfile).meta({ id: 'TakenChargingProfilePage' });

const chargingLimit = z
  .object({
    evse_id: evseId,
    source: z
      .string()
      .describe(
        'Who set the limit: EMS (energy management system), SO (system operator), CSO (operator of the charge point) or Other',
      ),
    grid_critical: z
      .boolean()
      .nullable()
      .describe('Whether the limit is critical for the grid; null when the charge point has not reported it'),
    schedules: z
      .array(takenSchedule)
      .describe('Charging schedules of the limit; empty when the charge point reported none'),
    set_at: timestamp.describe('When the charge point reported the limit'),
  })
  .meta({ id: 'ChargingLimit' });

export const chargingLimitPage = pageOf(chargingLimit).meta({ id: 'ChargingLimitPage' });
