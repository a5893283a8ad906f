import type { Effect } from '@ocpp-gw/ocpp-j';
import type { TableName } from '../tables/tables.ts';
import type { Writer } from '../tables/writer.ts';
import type { Entry, EntryOf } from './entry.ts';

/** How a kind of fact is kept. What it tells receivers is for the app to say. */
export interface Fact<Kind extends Effect['kind']> {
  /** The table whose row remembers it; absent: no row does. */
  table?: TableName;
  /**
   * Two entries of a station that have it in common touch one row, or the rows of one list: they are written one after the
   * other. Absent: the table, or the kind of a fact without one.
   */
  conflictKey?: ConflictKey | ((effect: Extract<Effect, { kind: Kind }>) => ConflictKey);
  /** What is written of it, besides what it makes of the station's transactions. */
  write?: readonly Writer<EntryOf<Kind>>[];
}

type ConflictKey = readonly (string | number)[];

export type Facts = { readonly [Kind in Effect['kind']]?: Fact<Kind> };

/* Columns that many rows have. */

export const cpId = ({ station }: Pick<Entry, 'station'>): string => station.cpId;
export const receivedAt = ({ now }: Pick<Entry, 'now'>): Date => now;
