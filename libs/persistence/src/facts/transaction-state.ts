import {
  EMPTY_BOOK,
  INFERRED_REASON,
  mergeRegisters,
  normaliseSample,
  readRegisters,
  type RegisterBook,
  type TransactionState,
} from '@ocpp-gw/ocpp-j';
import { seqNoRanges } from '../seq-nos.ts';
import type { TransactionRow } from '../transaction-row.ts';

/** A row with what the next decision about it needs. */
export interface LedgerRow extends TransactionRow {
  /** The stored state; null in a row from before decisions were made in code. */
  ledger: unknown;
  /** `<seqNo>:<hash>` of each message of it. */
  digests: readonly string[];
  startConnectorId: number | null;
  startIdTag: string | null;
  startTimestamp: string | null;
  startMeter: number | null;
}

/** The part of the state that the columns of a row do not hold. */
export type Kept = Omit<TransactionState, 'digests' | 'revision' | 'cost'> & {
  /** Absent in a row from before it was kept. */
  cost?: TransactionState['cost'];
};

export function stateOf(row: LedgerRow): TransactionState {
  const kept = (row.ledger as Kept | null) ?? fromColumns(row);
  return { ...kept, cost: kept.cost ?? null, revision: row.revision, digests: row.digests };
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
