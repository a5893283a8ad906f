import type {
  AvailabilityRecord,
  ChargingProfileRecord,
  ConfigurationRecord,
  LocalListRecord,
  ReservationRecord,
} from '@ocpp-gw/persistence';
import { z } from 'zod';
import { pageOf, timestamp } from './page.ts';

const configurationEntry = z
  .object({
    key: z.string(),
    value: z.string().nullable().describe('null: write-only, or none'),
    readonly: z.boolean().nullable().describe('null: the charge point has not told'),
    reboot_required: z.boolean().describe('The value takes effect with the next boot'),
    seen_at: timestamp,
  })
  .meta({ id: 'ConfigurationEntry' });

export const configurationPage = pageOf(configurationEntry).meta({ id: 'ConfigurationPage' });

export function renderConfiguration(record: ConfigurationRecord): z.infer<typeof configurationEntry> {
  return {
    key: record.key,
    value: record.value,
    readonly: record.readonly,
    reboot_required: record.rebootRequired,
    seen_at: record.seenAt.toISOString(),
  };
}

const reservationState = z.enum(['active', 'used', 'cancelled', 'expired']);

const reservation = z
  .object({
    reservation_id: z.int(),
    evse_id: z.int().describe('0: any EVSE of the charge point'),
    id_token: z.string(),
    group_id_token: z.string().nullable(),
    expires_at: timestamp,
    state: reservationState,
    transaction_id: z.string().nullable().describe('The transaction that used it'),
    created_at: timestamp,
    updated_at: timestamp,
  })
  .meta({ id: 'Reservation' });

export const reservationPage = pageOf(reservation).meta({ id: 'ReservationPage' });

export const reservationQuery = z.strictObject({ state: reservationState.optional() });

export function renderReservation(record: ReservationRecord): z.infer<typeof reservation> {
  return {
    reservation_id: record.reservationId,
    evse_id: record.evseId,
    id_token: record.idToken,
    group_id_token: record.groupIdToken,
    expires_at: record.expiresAt.toISOString(),
    state: record.state,
    transaction_id: record.transactionId,
    created_at: record.createdAt.toISOString(),
    updated_at: record.updatedAt.toISOString(),
  };
}

const takenProfile = z
  .object({
    charging_profile_id: z.int(),
    evse_id: z.int().describe('0: the whole charge point'),
    stack_level: z.int(),
    purpose: z.string().describe('ChargingStationMaxProfile, TxDefaultProfile or TxProfile'),
    kind: z.string().describe('Absolute, Recurring or Relative'),
    recurrency_kind: z.string().nullable(),
    valid_from: timestamp.nullable(),
    valid_to: timestamp.nullable(),
    transaction_id: z.string().nullable(),
    schedule: z.object({
      duration: z.int().nullable().describe('Seconds'),
      start_schedule: z.string().nullable(),
      charging_rate_unit: z.enum(['A', 'W']),
      min_charging_rate: z.number().nullable(),
      periods: z.array(
        z.object({
          start_period: z.int().describe('Seconds from the start of the schedule'),
          limit: z.number().describe('In charging_rate_unit'),
          number_phases: z.int().nullable(),
        }),
      ),
    }),
    set_at: timestamp,
  })
  .meta({ id: 'TakenChargingProfile' });

export const chargingProfilePage = pageOf(takenProfile).meta({ id: 'TakenChargingProfilePage' });

export function renderChargingProfile(record: ChargingProfileRecord): z.infer<typeof takenProfile> {
  const { schedule } = record;
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
    schedule: {
      duration: schedule.duration ?? null,
      start_schedule: schedule.startSchedule ?? null,
      charging_rate_unit: schedule.chargingRateUnit,
      min_charging_rate: schedule.minChargingRate ?? null,
      periods: schedule.periods.map(({ startPeriod, limit, numberPhases }) => ({
        start_period: startPeriod,
        limit,
        number_phases: numberPhases ?? null,
      })),
    },
    set_at: record.setAt.toISOString(),
  };
}

export const localList = z
  .object({
    version: z.int().nullable().describe('-1: the charge point keeps no list; 0: it is empty; null: it has not told'),
    updated_at: timestamp.nullable(),
  })
  .meta({ id: 'LocalList' });

export function renderLocalList(record: LocalListRecord | null): z.infer<typeof localList> {
  return { version: record?.version ?? null, updated_at: record?.updatedAt.toISOString() ?? null };
}

const availability = z
  .object({
    evse_id: z.int().describe('0: the whole charge point'),
    connector_id: z.int(),
    operative: z.boolean(),
    scheduled: z.boolean().describe('Takes effect when the running transaction ends'),
    changed_at: timestamp,
  })
  .meta({ id: 'Availability' });

export const availabilityPage = pageOf(availability).meta({ id: 'AvailabilityPage' });

export function renderAvailability(record: AvailabilityRecord): z.infer<typeof availability> {
  return {
    evse_id: record.evseId,
    connector_id: record.connectorId,
    operative: record.operative,
    scheduled: record.scheduled,
    changed_at: record.changedAt.toISOString(),
  };
}
