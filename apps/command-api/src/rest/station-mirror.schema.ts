import type { AvailabilityRecord, ConfigurationRecord, LocalListRecord, ReservationRecord } from '@ocpp-gw/persistence';
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

const reservationState = z
  .enum(['active', 'used', 'cancelled', 'expired', 'ended_by_station'])
  .describe('ended_by_station: the charge point gave it up by itself (2.0.1)');

const reservation = z
  .object({
    reservation_id: z.int(),
    evse_id: z.int().describe('0: any EVSE of the charge point'),
    connector_type: z
      .string()
      .nullable()
      .describe('2.0.1: the type of connector that was asked for in place of an EVSE'),
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
    connector_type: record.connectorType,
    id_token: record.idToken,
    group_id_token: record.groupIdToken,
    expires_at: record.expiresAt.toISOString(),
    state: record.state,
    transaction_id: record.transactionId,
    created_at: record.createdAt.toISOString(),
    updated_at: record.updatedAt.toISOString(),
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
