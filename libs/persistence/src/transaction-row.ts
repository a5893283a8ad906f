import type { TransactionRecord } from './records.ts';
import { missingSeqNos, seqNoRanges } from './seq-nos.ts';
import { selectBut } from './tables/record.ts';

/** A row of `transactions` as the driver gives it, by property name. */
export interface TransactionRow {
  id: string;
  cpId: string;
  protocol: string;
  transactionId: string;
  state: 'active' | 'ended';
  startSeen: boolean;
  evseId: number;
  connectorId: number;
  idToken: string | null;
  idTokenType: string | null;
  idTokenStatus: string | null;
  startedAt: Date;
  endedAt: Date | null;
  meterStartWh: number | null;
  meterLastWh: number | null;
  energyWh: number | null;
  energyReason: string | null;
  stopReason: string | null;
  chargingState: string | null;
  remoteStartId: number | null;
  reservationId: number | null;
  seenSeqNos: string;
  gapsFinal: boolean;
  messagesInQueue: boolean | null;
  totalCost: number | null;
  /** Null in a row that an older build wrote. */
  stationTransactionId: string | null;
  revision: number;
  endInference: string | null;
  suspectSince: Date | null;
  suspectReason: string | null;
  lastHeardAt: Date | null;
  unassignedReason: string | null;
  assignedTo: string | null;
  updatedAt: Date;
}

/** What only the next decision about a transaction needs, and what only migrations read. */
export const NOT_IN_RECORDS = [
  'last_event_at',
  'end_inferred',
  'start_connector_id',
  'start_id_tag',
  'start_timestamp',
  'start_meter',
  'ledger',
  'created_at',
] as const;

/** Select list that gives a {@link TransactionRow} of `table`. */
export function transactionColumns(table: string): string {
  return selectBut('transactions', NOT_IN_RECORDS, table);
}

export function readTransaction(row: TransactionRow): TransactionRecord {
  const ended = row.state === 'ended';
  return {
    id: row.id,
    cpId: row.cpId,
    protocol: row.protocol,
    transactionId: row.transactionId,
    state: row.state,
    evseId: row.evseId,
    connectorId: row.connectorId,
    idToken: row.idToken,
    idTokenType: row.idTokenType,
    idTokenStatus: row.idTokenStatus,
    startedAt: row.startedAt,
    endedAt: row.endedAt,
    meterStartWh: row.meterStartWh,
    meterStopWh: ended ? row.meterLastWh : null,
    energyWh: row.energyWh,
    energyReason: row.energyReason,
    stopReason: row.stopReason,
    chargingState: ended ? null : row.chargingState,
    remoteStartId: row.remoteStartId,
    reservationId: row.reservationId,
    missingSeqNos: missingSeqNos(seqNoRanges(row.seenSeqNos)),
    gapsFinal: row.gapsFinal,
    messagesInQueue: row.messagesInQueue,
    totalCost: row.totalCost,
    startSeen: row.startSeen,
    stationTransactionId: row.stationTransactionId ?? row.transactionId,
    revision: row.revision,
    endInferred: row.endInference,
    suspectSince: row.suspectSince,
    suspectReason: row.suspectReason,
    unassignedReason: row.unassignedReason,
    assignedTo: row.assignedTo,
    orphan: ended && !row.startSeen,
    updatedAt: row.updatedAt,
  };
}
