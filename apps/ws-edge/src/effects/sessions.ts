import type { TransactionEndedEffect } from '@ocpp-gw/ocpp-j';
import type { OutboxEntry } from '@ocpp-gw/persistence';
import { v7 as uuidv7 } from 'uuid';
import { BACKEND_PATHS } from '../backend/contract.ts';
import { isKind, type Entry, type EntryOf, type Written } from './entry.ts';
import { lostEnd } from './lost-end.ts';

/** Data of POST /sessions/open. */
export interface SessionOpenData {
  transaction_id: string;
  protocol: string;
  evse_id: number;
  connector_id: number;
  id_token: string | null;
  id_token_type: string | null;
  /** As answered to the charger: a refused token still opens a transaction (notes 2.10). */
  id_token_status: string | null;
  meter_start_wh: number | null;
  /** ISO 8601, by the charger's clock. */
  started_at: string;
  remote_start_id: number | null;
  reservation_id: number | null;
}

/** Data of POST /sessions/close. */
export interface SessionCloseData {
  transaction_id: string;
  protocol: string;
  evse_id: number;
  connector_id: number;
  id_token: string | null;
  id_token_type: string | null;
  meter_start_wh: number | null;
  meter_stop_wh: number | null;
  energy_wh: number | null;
  /** Null when the start was never seen. */
  started_at: string | null;
  ended_at: string;
  reason: string;
}

/** The backend-lane outbox entry of an effect, if it has one. The relay's client puts the envelope around it. */
export function sessionEntries(entry: Entry, written: Written): OutboxEntry[] {
  if (isKind('transactionStarted', entry)) {
    // A start that comes after its end (2.0.1) must not open a session that nothing will close.
    if (written.transaction?.state === 'ended') return [];
    return [outboxEntry(entry, BACKEND_PATHS.sessionOpen, openData(entry))];
  }
  if (isKind('transactionEnded', entry)) return written.endTold ? [] : [closeEntry(entry, entry.effect, written)];
  if (isKind('transactionStatusTold', entry) && written.transaction)
    return [closeEntry(entry, lostEnd(written.transaction), written)];
  return [];
}

export function openData({ station, effect }: EntryOf<'transactionStarted'>): SessionOpenData {
  return {
    transaction_id: effect.transactionId,
    protocol: station.protocol,
    evse_id: effect.evseId,
    connector_id: effect.connectorId,
    id_token: effect.idToken?.idToken ?? null,
    id_token_type: effect.idToken?.type ?? null,
    id_token_status: effect.idTokenStatus ?? null,
    meter_start_wh: effect.meterStartWh ?? null,
    started_at: effect.time.at.toISOString(),
    remote_start_id: effect.remoteStartId ?? null,
    reservation_id: effect.reservationId ?? null,
  };
}

export function closeData(
  { station, effect }: Pick<EntryOf<'transactionEnded'>, 'station' | 'effect'>,
  { transaction }: Written,
): SessionCloseData {
  return {
    transaction_id: transaction?.transactionId ?? effect.transactionId,
    protocol: station.protocol,
    evse_id: transaction?.evseId ?? effect.evseId,
    connector_id: transaction?.connectorId ?? effect.connectorId,
    id_token: transaction?.idToken ?? effect.idToken?.idToken ?? null,
    id_token_type: transaction?.idTokenType ?? effect.idToken?.type ?? null,
    meter_start_wh: transaction?.meterStartWh ?? null,
    meter_stop_wh: transaction?.meterStopWh ?? effect.meterStopWh ?? null,
    energy_wh: transaction?.energyWh ?? null,
    started_at: transaction && !transaction.orphan ? transaction.startedAt.toISOString() : null,
    ended_at: effect.time.at.toISOString(),
    reason: effect.reason,
  };
}

function closeEntry(entry: Entry, effect: TransactionEndedEffect, written: Written): OutboxEntry {
  return outboxEntry(entry, BACKEND_PATHS.sessionClose, closeData({ station: entry.station, effect }, written));
}

function outboxEntry({ station, now }: Entry, path: string, data: object): OutboxEntry {
  return {
    lane: 'backend',
    destination: path,
    cpId: station.cpId,
    eventId: uuidv7({ msecs: now.getTime() }),
    payload: Buffer.from(JSON.stringify(data)),
  };
}
