import type { ChargingLimitRecord, ChargingProfileRecord } from '@ocpp-gw/persistence';
import { z } from 'zod';
import { renderSchedule, takenSchedule } from './charging-schedule.schema.ts';
import { pageOf, timestamp } from './page.ts';

const evseId = z.int().describe('0: the whole charge point');

const takenProfile = z
  .object({
    charging_profile_id: z.int(),
    evse_id: evseId,
    stack_level: z.int(),
    purpose: z
      .string()
      .describe('ChargingStationMaxProfile, TxDefaultProfile, TxProfile or (2.0.1) ChargingStationExternalConstraints'),
    kind: z.string().describe('Absolute, Recurring or Relative'),
    recurrency_kind: z.string().nullable(),
    valid_from: timestamp.nullable(),
    valid_to: timestamp.nullable(),
    transaction_id: z.string().nullable(),
    source: z
      .string()
      .describe('Who set it: CSO is the gateway; EMS, SO and Other as the charge point reports (2.0.1)'),
    schedule: takenSchedule,
    alternatives: z
      .array(takenSchedule)
      .describe('2.0.1: further schedules, of which an ISO 15118 vehicle picks one; empty where there are none'),
    set_at: timestamp,
  })
  .meta({ id: 'TakenChargingProfile' });

export const chargingProfilePage = pageOf(takenProfile).meta({ id: 'TakenChargingProfilePage' });

export function renderChargingProfile(record: ChargingProfileRecord): z.infer<typeof takenProfile> {
  return {
    charging_profile_id: record.chargingProfileId,
    evse_id: record.evseId,
    stack_level: record.stackLevel,
    purpose: record.purpose,
    kind: record.kind,
    recurrency_kind: record.recurrencyKind,
    valid_from: record.validFrom?.toISOString() ?? null,
    valid_to: record.validTo?.toISOString() ?? null,
    transaction_id: record.transactionId,
    source: record.source,
    schedule: renderSchedule(record.schedule),
    alternatives: (record.alternatives ?? []).map(renderSchedule),
    set_at: record.setAt.toISOString(),
  };
}

const chargingLimit = z
  .object({
    evse_id: evseId,
    source: z.string().describe('EMS, Other, SO or CSO'),
    grid_critical: z.boolean().nullable().describe('null: the charge point has not told'),
    schedules: z.array(takenSchedule).describe('As the charge point told; empty where it told none'),
    set_at: timestamp,
  })
  .meta({ id: 'ChargingLimit' });

export const chargingLimitPage = pageOf(chargingLimit).meta({ id: 'ChargingLimitPage' });

export function renderChargingLimit(record: ChargingLimitRecord): z.infer<typeof chargingLimit> {
  return {
    evse_id: record.evseId,
    source: record.source,
    grid_critical: record.gridCritical,
    schedules: (record.schedules ?? []).map(renderSchedule),
    set_at: record.setAt.toISOString(),
  };
}
