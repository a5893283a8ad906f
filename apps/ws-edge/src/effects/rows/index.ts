import type { Sql } from '@ocpp-gw/persistence';
import { isKind, type Entry, type Written } from '../entry.ts';
import { writeBoots } from './boots.ts';
import { writeConnectorStatuses } from './connector-statuses.ts';
import { isNumbered, writeNumberedEnds, writeNumberedStarts } from './numbered-transactions.ts';
import { isSequenced, mergeSequenced } from './sequenced-transactions.ts';
import { waves } from './waves.ts';

/** Whether the effect changes a row at all; others only tell. */
export function writesRows({ effect }: Entry): boolean {
  if (effect.kind === 'meterValues') return false;
  return effect.kind !== 'transactionUpdated' || effect.seqNo !== undefined;
}

/**
 * Writes the rows of all entries, one statement for each table; answers in the order of the entries. Entries of the same
 * row follow one another.
 */
export async function writeRows(sql: Sql, entries: readonly Entry[]): Promise<Written[]> {
  const written = new Map<Entry, Written>();
  for (const wave of waves(entries, rowOf)) {
    const boots = wave.filter((entry) => isKind('stationBooted', entry));
    const statuses = wave.filter((entry) => isKind('connectorStatus', entry));
    const starts = wave.filter((entry) => isKind('transactionStarted', entry)).filter(isNumbered);
    const ends = wave.filter((entry) => isKind('transactionEnded', entry)).filter(isNumbered);
    const sequenced = wave.filter(isSequenced);
    const answers = await Promise.all([
      writeNumberedStarts(sql, starts),
      writeNumberedEnds(sql, ends),
      mergeSequenced(sql, sequenced),
      writeBoots(sql, boots),
      writeConnectorStatuses(sql, statuses),
    ]);
    for (const answer of answers) for (const [entry, what] of answer ?? []) written.set(entry, what);
  }
  return entries.map((entry) => written.get(entry) ?? { fresh: true });
}

/** Two entries with one key touch one row. */
function rowOf({ station, effect }: Entry): string {
  switch (effect.kind) {
    case 'stationBooted':
    case 'meterValues':
      return JSON.stringify([effect.kind, station.cpId]);
    case 'connectorStatus':
      return JSON.stringify([effect.kind, station.cpId, effect.evseId, effect.connectorId]);
    case 'transactionStarted':
    case 'transactionUpdated':
    case 'transactionEnded':
      return JSON.stringify(['transaction', station.cpId, effect.transactionId]);
  }
}
