import type { Effect } from '@ocpp-gw/ocpp-j';
import type { TableName } from '../tables/tables.ts';
import type { Writer } from '../tables/writer.ts';
import type { Entry, EntryOf } from './entry.ts';

/** How a kind of fact is stored. The app decides which events it causes. */
export interface Fact<Kind extends Effect['kind']> {
  /** The table that holds its row; absent when it has no row. */
  table?: TableName;
  /**
   * Two entries of a station that have it in common touch one row, or the rows of one list: they are written one after the
   * other. Absent: the table, or the kind of a fact without one.
   */
  conflictKey?: ConflictKey | ((effect: Extract<Effect, { kind: Kind }>) => ConflictKey);
  /** The statements that write it, besides those for the station's transactions. */
  write?: readonly Writer<EntryOf<Kind>>[];
}

type ConflictKey = readonly (string | number)[];

export type Facts = { readonly [Kind in Effect['kind']]?: Fact<Kind> };

/* Columns that many rows have. */

export const cpId = ({ station }: Pick<Entry, 'station'>): string => station.cpId;
export const receivedAt = ({ now }: Pick<Entry, 'now'>): Date => now;
