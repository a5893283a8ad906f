import type { Money } from '@ocpp-gw/contracts';
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
  'meterLastWh' | 'seenSeqNos' | 'endInference' | 'lastHeardAt' | 'costAmount' | 'costCurrency'
> {
  /** Internal key, orders pages. */
  id: string;
  /**
   * 1.6: the gateway's number as text; 2.0.1: the station's id, with a suffix where another transaction had it before.
   * Unique with cpId.
   */
  transactionId: string;
  /** The id that the station uses. */
  stationTransactionId: string;
  /** The time of the earliest message while the start has not come. */
  startedAt: Date;
  /** Null until it ended. */
  meterStopWh: number | null;
  /** The energy by the registers chosen for the bill (docs/registers.md); for a running transaction the energy so far. */
  energyWh: number | null;
  /** Why there is no energy; null when there is energy, or while none is expected. */
  energyReason: string | null;
  /** 2.0.1 sequence numbers not seen below the highest seen. */
  missingSeqNos: number[];
  /** Whether the missing messages will never come. */
  gapsFinal: boolean;
  /** Whether the station still holds messages of it; null when it was not asked (2.0.1 GetTransactionStatus). */
  messagesInQueue: boolean | null;
  /** The total cost that was sent to the station, in its currency (2.0.1). */
  totalCost: number | null;
  /** The same in its currency; null when the backend named none. */
  cost: Money | null;
  /** Whether the end came but never the start. */
  orphan: boolean;
  /** Grows with each change of what is published of it. */
  revision: number;
  /** Why it is taken for ended although the charger reported no end. */
  endInferred: string | null;
  /** Since when something speaks against the transaction still running. */
  suspectSince: Date | null;
  /** Why a stop belongs to no transaction. */
  unassignedReason: string | null;
  /** The transaction that the unassigned stop was assigned to later. */
  assignedTo: string | null;
}

/** Select list that gives a {@link TransactionRow} of `table`. */
export function transactionColumns(table: string): string {
  return selectBut('transactions', NOT_IN_RECORDS, table);
}

export function readTransaction(row: TransactionRow): TransactionRecord {
  const { meterLastWh, seenSeqNos, endInference, lastHeardAt: _, costAmount, costCurrency, ...same } = row;
  const ended = row.state === 'ended';
  return {
    ...same,
    meterStopWh: ended ? meterLastWh : null,
    cost: costAmount === null || costCurrency === null ? null : { amount: costAmount, currency: costCurrency },
    chargingState: ended ? null : row.chargingState,
    missingSeqNos: missingSeqNos(seqNoRanges(seenSeqNos)),
    stationTransactionId: row.stationTransactionId ?? row.transactionId,
    endInferred: endInference,
    orphan: ended && !row.startSeen,
  };
}
