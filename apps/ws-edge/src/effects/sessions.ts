import { BACKEND_PATHS } from '@ocpp-gw/contracts';
import { bill, endedAt, type TransactionState } from '@ocpp-gw/ocpp-j';
import type { OutboxEntry } from '@ocpp-gw/persistence';
import { v7 as uuidv7 } from 'uuid';
import type { Entry } from '@ocpp-gw/persistence/facts';

/**
 * Data of POST /sessions/open, /sessions/update and /sessions/close: the current session. The call with the highest
 * revision counts.
 */
interface SessionData {
  transaction_id: string;
  /** The id as the charge point sends it. */
  station_transaction_id: string;
  revision: number;
  protocol: string;
  evse_id: number;
  connector_id: number;
  id_token: string | null;
  id_token_type: string | null;
  /** Status in the answer to the charge point. A refused token still opens a transaction (notes 2.10). */
  id_token_status: string | null;
  meter_start_wh: number | null;
  /** ISO 8601, by the charger's clock. Null when the start was never seen. */
  started_at: string | null;
  remote_start_id: number | null;
  reservation_id: number | null;
}

interface SessionCloseData extends SessionData {
  meter_stop_wh: number | null;
  energy_wh: number | null;
  /** Why there is no energy (docs/registers.md). */
  energy_reason: string | null;
  ended_at: string;
  reason: string;
  /** Why the gateway concluded the end; null when the charge point sent it. */
  end_inferred: string | null;
  /** Why this is an unassigned stop, which is no session; null otherwise. */
  unassigned_reason: string | null;
  /** The transaction that the unassigned stop was assigned to later. */
  assigned_to: string | null;
}

/**
 * The outbox entries of the backend calls for an effect. The client of the relay adds the envelope. When the backend
 * takes no updates, the close has the changes made in the meantime.
 */
export function sessionEntries(entry: Entry, updates: boolean): OutboxEntry[] {
  return (entry.transactions?.changes ?? []).flatMap(({ before, after }) => {
    if (before?.revision === after.revision) return [];
    // A start that comes after its end (2.0.1) must not open a session that nothing will close.
    if (after.state === 'ended') return [outboxEntry(entry, BACKEND_PATHS.sessionClose, closeData(after))];
    if (!after.startSeen) return [];
    if (!before?.startSeen) return [outboxEntry(entry, BACKEND_PATHS.sessionOpen, sessionData(after))];
    return updates ? [outboxEntry(entry, BACKEND_PATHS.sessionUpdate, sessionData(after))] : [];
  });
}

function sessionData(transaction: TransactionState): SessionData {
  const { idToken, startSeen, start } = transaction;
  return {
    transaction_id: transaction.transactionId,
    station_transaction_id: transaction.stationTransactionId,
    revision: transaction.revision,
    protocol: transaction.protocol,
    evse_id: transaction.evseId,
    connector_id: transaction.connectorId,
    id_token: idToken?.idToken ?? null,
    id_token_type: idToken?.type ?? null,
    id_token_status: transaction.idTokenStatus,
    meter_start_wh: bill(transaction).meterStartWh,
    started_at: startSeen ? new Date(start.at).toISOString() : null,
    remote_start_id: transaction.remoteStartId,
    reservation_id: transaction.reservationId,
  };
}

function closeData(transaction: TransactionState): SessionCloseData {
  const { end, unassigned, assignedTo, lastEventAt } = transaction;
  const { meterStopWh, energyWh, reason } = bill(transaction);
  return {
    ...sessionData(transaction),
    meter_stop_wh: meterStopWh,
    energy_wh: energyWh,
    energy_reason: reason,
    ended_at: new Date(endedAt(transaction) ?? lastEventAt).toISOString(),
    reason: end?.reason ?? '',
    end_inferred: end?.inferred ?? null,
    unassigned_reason: unassigned,
    assigned_to: assignedTo,
  };
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
