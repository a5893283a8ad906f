import { missingSeqNos, seqNoRanges } from './seq-nos.ts';
import { selectBut, type RecordOf } from './tables/record.ts';

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

/** A row of `transactions` as the driver gives it, by property name. */
export interface TransactionRow extends RecordOf<'transactions', (typeof NOT_IN_RECORDS)[number]> {
  state: 'active' | 'ended';
  /** Null in a row that an older build wrote. */
  stationTransactionId: string | null;
}

export interface TransactionRecord extends Omit<
  TransactionRow,
  'meterLastWh' | 'seenSeqNos' | 'endInference' | 'lastHeardAt'
> {
  /** Internal key, orders pages. */
  id: string;
  /** 1.6: the gateway's number as text; 2.0.1: the station's id, with a suffix where it was another's. Unique with cpId. */
  transactionId: string;
  /** As the station says it. */
  stationTransactionId: string;
  /** Of the earliest message while the start was not seen. */
  startedAt: Date;
  /** Null until it ended. */
  meterStopWh: number | null;
  /** By the registers chosen for the bill (docs/registers.md); of a running transaction: so far. */
  energyWh: number | null;
  /** Why there is no energy; null where there is, or while none has to be. */
  energyReason: string | null;
  /** 2.0.1 sequence numbers not seen below the highest seen. */
  missingSeqNos: number[];
  /** Nothing of what is missing will ever come. */
  gapsFinal: boolean;
  /** Whether the station still holds messages of it; null: it was not asked (2.0.1 GetTransactionStatus). */
  messagesInQueue: boolean | null;
  /** As told to the station, in its currency (2.0.1). */
  totalCost: number | null;
  /** Ended here without ever having been seen to start. */
  orphan: boolean;
  /** Grows with each change of what is told of it. */
  revision: number;
  /** Why it is taken for ended although the charger told no end. */
  endInferred: string | null;
  /** Something speaks against that it still runs, since when. */
  suspectSince: Date | null;
  /** A stop that belongs to no transaction: why. */
  unassignedReason: string | null;
  /** The transaction that the unassigned stop was assigned to later. */
  assignedTo: string | null;
}

/** Select list that gives a {@link TransactionRow} of `table`. */
export function transactionColumns(table: string): string {
  return selectBut('transactions', NOT_IN_RECORDS, table);
}

export function readTransaction(row: TransactionRow): TransactionRecord {
  const { meterLastWh, seenSeqNos, endInference, lastHeardAt: _, ...same } = row;
  const ended = row.state === 'ended';
  return {
    ...same,
    meterStopWh: ended ? meterLastWh : null,
    chargingState: ended ? null : row.chargingState,
    missingSeqNos: missingSeqNos(seqNoRanges(seenSeqNos)),
    stationTransactionId: row.stationTransactionId ?? row.transactionId,
    endInferred: endInference,
    orphan: ended && !row.startSeen,
  };
}
