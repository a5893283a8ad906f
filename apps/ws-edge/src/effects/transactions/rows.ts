import {
  bill,
  endedAt,
  EMPTY_BOOK,
  INFERRED_REASON,
  mergeRegisters,
  normaliseSample,
  readRegisters,
  type PendingRemoteStart,
  type RegisterBook,
  type TransactionMessage,
  type TransactionState,
} from '@ocpp-gw/ocpp-j';
import { seqNoRanges, type LedgerEvent, type LedgerRow, type LedgerWriteRow } from '@ocpp-gw/persistence';

/** The facts of a transaction that have no column of their own. */
type Kept = Omit<TransactionState, 'digests' | 'revision'>;

export function rowOf(transaction: TransactionState): LedgerWriteRow {
  const { digests: _digests, revision, ...kept } = transaction;
  const { end, idToken, startKey, suspect, start } = transaction;
  const { meterStartWh, meterStopWh, energyWh, reason } = bill(transaction);
  const ended = transaction.state === 'ended';
  return {
    transaction_id: transaction.transactionId,
    station_transaction_id: transaction.stationTransactionId,
    protocol: transaction.protocol,
    state: transaction.state,
    start_seen: transaction.startSeen,
    evse_id: transaction.evseId,
    connector_id: transaction.connectorId,
    id_token: idToken?.idToken ?? null,
    id_token_type: idToken?.type ?? null,
    id_token_status: transaction.idTokenStatus,
    started_at: iso(start.at),
    ended_at: end && iso(endedAt(transaction) ?? end.at),
    meter_start_wh: meterStartWh,
    meter_last_wh: meterStopWh,
    energy_wh: energyWh,
    energy_reason: ended ? reason : null,
    stop_reason: end?.reason ?? null,
    charging_state: transaction.chargingState,
    remote_start_id: transaction.remoteStartId,
    reservation_id: transaction.reservationId,
    seen_seq_nos: multirange(transaction.seen),
    gaps_final: transaction.gapsFinal,
    messages_in_queue: transaction.messagesInQueue,
    total_cost: transaction.totalCost,
    last_event_at: iso(transaction.lastEventAt),
    last_heard_at: iso(transaction.lastHeardAt),
    end_inferred: end !== null && end.inferred !== null,
    end_inference: end?.inferred ?? null,
    suspect_since: suspect && iso(suspect.since),
    suspect_reason: suspect?.reason ?? null,
    unassigned_reason: transaction.unassigned,
    assigned_to: transaction.assignedTo,
    revision,
    start_connector_id: startKey?.connectorId ?? null,
    start_id_tag: startKey?.idTag ?? null,
    start_timestamp: startKey?.timestamp ?? null,
    start_meter: startKey?.meterStart ?? null,
    ledger: kept satisfies Kept,
  };
}

const EVENT_TYPE = { started: 'Started', updated: 'Updated', ended: 'Ended', reading: 'Updated' } as const;

/** The message itself, so that its repetition is recognised. */
export function eventOf(message: TransactionMessage, transactionId: string): LedgerEvent {
  const [seqNo = '0', hash = ''] = message.digest.split(':');
  return {
    transaction_id: transactionId,
    seq_no: Number(seqNo),
    content_hash: hash,
    event_type: EVENT_TYPE[message.kind],
    facts: message,
  };
}

export function stateOf(row: LedgerRow): TransactionState {
  const kept = (row.ledger as Kept | null) ?? fromColumns(row);
  return { ...kept, revision: row.revision, digests: row.digests };
}

export function remoteStartsOf(stored: unknown): PendingRemoteStart[] {
  return Array.isArray(stored) ? (stored as PendingRemoteStart[]) : [];
}

/** Reads a row that was written before transactions were decided in code. */
function fromColumns(row: LedgerRow): Kept {
  const start = { at: row.startedAt.getTime(), seq: 0 };
  const endedAt = row.endedAt?.getTime();
  const lastEventAt = endedAt ?? start.at;
  const heardAt = row.updatedAt.getTime();
  const { startConnectorId, startIdTag, startTimestamp, startMeter } = row;
  return {
    transactionId: row.transactionId,
    stationTransactionId: row.stationTransactionId ?? row.transactionId,
    protocol: row.protocol,
    stationNamed: row.seenSeqNos !== '{}',
    state: row.state,
    startSeen: row.startSeen,
    evseId: row.evseId,
    connectorId: row.connectorId,
    idToken: row.idToken === null ? null : { idToken: row.idToken, ...(row.idTokenType && { type: row.idTokenType }) },
    idTokenStatus: row.idTokenStatus,
    idTokenPlace: row.idToken === null ? null : start,
    groupToken: null,
    start,
    startAssumed: false,
    startReceivedAt: start.at,
    startKey:
      startConnectorId === null || startIdTag === null || startTimestamp === null || startMeter === null
        ? null
        : { connectorId: startConnectorId, idTag: startIdTag, timestamp: startTimestamp, meterStart: startMeter },
    end:
      endedAt === undefined
        ? null
        : {
            at: endedAt,
            seq: Number.MAX_SAFE_INTEGER,
            reason: row.stopReason ?? INFERRED_REASON,
            inferred: row.endInference === null ? null : 'status_answer',
            receivedAt: heardAt,
          },
    chargingState: row.chargingState,
    chargingStatePlace: row.chargingState === null ? null : start,
    totalCost: row.totalCost,
    totalCostPlace: row.totalCost === null ? null : start,
    remoteStartId: row.remoteStartId,
    reservationId: row.reservationId,
    registers: registersOf(row),
    seen: seqNoRanges(row.seenSeqNos),
    lastEventAt,
    lastHeardAt: heardAt,
    suspect: null,
    unassigned: row.unassignedReason === null ? null : 'no_transaction_fits',
    // Its message was not kept at that time, so only an operator can assign it.
    stop: null,
    assignedTo: null,
    gapsFinal: row.gapsFinal,
    messagesInQueue: row.messagesInQueue,
  };
}

/**
 * For a running transaction, and for one whose start was not received, the row has only readings between start and end.
 */
function registersOf(row: LedgerRow): TransactionState['registers'] {
  const { meterStartWh, meterLastWh, startSeen, startedAt, endedAt, updatedAt } = row;
  const start = startSeen ? startRegister : passingRegister;
  const last = endedAt === null ? passingRegister : endRegister;
  return mergeRegisters(start(meterStartWh, startedAt), last(meterLastWh, endedAt ?? updatedAt));
}

function startRegister(wh: number | null, at: Date): RegisterBook {
  return wh === null ? EMPTY_BOOK : readRegisters({ role: 'started', samples: [], meterStartWh: wh, at });
}

function endRegister(wh: number | null, at: Date): RegisterBook {
  return wh === null ? EMPTY_BOOK : readRegisters({ role: 'ended', samples: [], meterStopWh: wh, at });
}

function passingRegister(wh: number | null, at: Date): RegisterBook {
  return wh === null
    ? EMPTY_BOOK
    : readRegisters({ role: 'reading', samples: [normaliseSample({ at, value: wh })], at });
}

function multirange(seen: TransactionState['seen']): string {
  return `{${seen.map(([from, to]) => `[${from},${to + 1})`).join(',')}}`;
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
