import { BACKEND_PATHS, type SessionCloseData, type SessionData } from '@ocpp-gw/contracts/backend';
import { bill, endedAt, type TransactionState } from '@ocpp-gw/ocpp-j';
import type { OutboxEntry } from '@ocpp-gw/persistence';
import { v7 as uuidv7 } from 'uuid';
import type { Entry } from '@ocpp-gw/persistence/facts';

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
  const { end, unassigned, assignedTo, lastEventAt, cost, totalCost } = transaction;
  const { meterStopWh, energyWh, reason } = bill(transaction);
  return {
    ...sessionData(transaction),
    meter_stop_wh: meterStopWh,
    energy_wh: energyWh,
    energy_reason: reason,
    total_cost: totalCost,
    cost,
    ended_at: new Date(endedAt(transaction) ?? lastEventAt).toISOString(),
    reason: end?.reason ?? '',
    end_inferred: end?.inferred ?? null,
    unassigned_reason: unassigned,
    assigned_to: assignedTo,
  };
}

/** The trace context travels in the payload, because a row has no other place for it. The relay takes it out. */
function outboxEntry({ station, now, traceparent }: Entry, path: string, data: object): OutboxEntry {
  return {
    lane: 'backend',
    destination: path,
    cpId: station.cpId,
    eventId: uuidv7({ msecs: now.getTime() }),
    payload: Buffer.from(JSON.stringify({ ...data, traceparent })),
  };
}
