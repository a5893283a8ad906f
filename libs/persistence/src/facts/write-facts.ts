import type { Effect } from '@ocpp-gw/ocpp-j';
import { SQL, type Connection, type Sql } from '../sql.ts';
import type { Writer, Written } from '../tables/writer.ts';
import { adoptProfiles, endProfiles } from './charging-profiles.ts';
import type { Entry } from './entry.ts';
import type { Fact } from './fact.ts';
import { FACTS } from './facts.ts';
import { useReservations } from './reservations.ts';
import { settled } from './settled.ts';
import { writeTransactions } from './transactions.ts';
import { conflictFreeBatches } from './conflict-free.ts';

type AnyFact = Fact<Effect['kind']>;

/** An entry is only ever given to the fact of its own kind. */
const factOf = ({ effect: { kind } }: Entry): AnyFact => FACTS[kind] as AnyFact;

/** Whether the effect changes a row at all. */
export function writesRows(entry: Entry): boolean {
  const { write } = factOf(entry);
  return entry.transactions?.writes === true || write !== undefined;
}

/**
 * Writes the rows of all entries, one statement for each table; answers in the order of the entries. Entries of the same
 * row follow one another.
 * @throws StaleFactsError
 */
export async function writeFacts(connection: Connection, entries: readonly Entry[]): Promise<Written[]> {
  const sql = connection[SQL];
  const written = new Map<Entry, Written>();
  for (const batch of conflictFreeBatches(entries, conflictKeys)) {
    const answers = await settled([writeTransactions(sql, batch), ...writeRows(sql, batch)]);
    for (const answer of answers) for (const [entry, what] of answer ?? []) written.set(entry, what);
    await followTransactions(sql, batch);
  }
  return entries.map((entry) => written.get(entry) ?? { fresh: true });
}

/** Two entries with a key in common touch one row, or the rows of one list. */
function conflictKeys(entry: Entry): string[] {
  const { station, effect, transactions } = entry;
  const { table, conflictKey = [table ?? effect.kind] } = factOf(entry);
  const keys = [typeof conflictKey === 'function' ? conflictKey(effect) : conflictKey];
  if (transactions?.writes) keys.push(['transactions']);
  return keys.map((key) => JSON.stringify([station.cpId, ...key]));
}

function writeRows(sql: Sql, batch: readonly Entry[]): ReturnType<Writer<Entry>>[] {
  const facts = Object.entries(FACTS) as [Effect['kind'], AnyFact][];
  return facts.flatMap(([kind, { write = [] }]) => {
    const entries = batch.filter(({ effect }) => effect.kind === kind);
    return entries.length === 0 ? [] : write.map((writer) => writer(sql, entries));
  });
}

/** Updates other rows after a change of a transaction. A repetition changes nothing. */
async function followTransactions(sql: Sql, batch: readonly Entry[]): Promise<void> {
  const changes = batch.flatMap(({ station: { cpId }, transactions }) =>
    (transactions?.changes ?? []).map((change) => ({ cpId, ...change })),
  );
  if (changes.length > 0)
    await settled([useReservations, adoptProfiles, endProfiles].map((write) => write(sql, changes)));
}
