import type { TransactionRecord } from './records.ts';
import { missingSeqNos } from './seq-nos.ts';

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
  meterStartSeq: string | null;
  meterLastWh: number | null;
  meterLastSeq: string | null;
  stopReason: string | null;
  chargingState: string | null;
  remoteStartId: number | null;
  reservationId: number | null;
  seenSeqNos: string;
  gapsFinal: boolean;
  messagesInQueue: boolean | null;
  totalCost: number | null;
  updatedAt: Date;
}

const COLUMNS: Record<keyof TransactionRow, string> = {
  id: 'id',
  cpId: 'cp_id',
  protocol: 'protocol',
  transactionId: 'transaction_id',
  state: 'state',
  startSeen: 'start_seen',
  evseId: 'evse_id',
  connectorId: 'connector_id',
  idToken: 'id_token',
  idTokenType: 'id_token_type',
  idTokenStatus: 'id_token_status',
  startedAt: 'started_at',
  endedAt: 'ended_at',
  meterStartWh: 'meter_start_wh',
  meterStartSeq: 'meter_start_seq',
  meterLastWh: 'meter_last_wh',
  meterLastSeq: 'meter_last_seq',
  stopReason: 'stop_reason',
  chargingState: 'charging_state',
  remoteStartId: 'remote_start_id',
  reservationId: 'reservation_id',
  seenSeqNos: 'seen_seq_nos',
  gapsFinal: 'gaps_final',
  messagesInQueue: 'messages_in_queue',
  totalCost: 'total_cost',
  updatedAt: 'updated_at',
};

/** Select list that gives a {@link TransactionRow} of `table`. */
export function transactionColumns(table: string): string {
  return Object.entries(COLUMNS)
    .map(([property, column]) => `${table}.${column} AS "${property}"`)
    .join(', ');
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
    energyWh: energyWh(row),
    stopReason: row.stopReason,
    chargingState: row.chargingState,
    remoteStartId: row.remoteStartId,
    reservationId: row.reservationId,
    missingSeqNos: missingSeqNos(row.seenSeqNos),
    gapsFinal: row.gapsFinal,
    messagesInQueue: row.messagesInQueue,
    totalCost: row.totalCost,
    orphan: ended && !row.startSeen,
    updatedAt: row.updatedAt,
  };
}

/** Known from two readings only: one reading, seen as first and last at once, is no zero; nor is a register that ran back. */
function energyWh({ meterStartWh, meterStartSeq, meterLastWh, meterLastSeq }: TransactionRow): number | null {
  if (meterStartWh === null || meterLastWh === null || meterLastWh < meterStartWh) return null;
  const oneReading = meterStartSeq !== null && meterStartSeq === meterLastSeq && meterStartWh === meterLastWh;
  return oneReading ? null : meterLastWh - meterStartWh;
}
