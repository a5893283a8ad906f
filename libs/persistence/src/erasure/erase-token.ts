import { SQL, type Connection } from '../sql.ts';
import { TABLES, type TableName } from '../tables/tables.ts';
import type { Table } from '../tables/column.ts';
import { replaceStrings } from './replace-strings.ts';
import { TOKEN_PLACES, type TokenPlace } from './token-places.ts';

export interface Erasure {
  token: string;
  /** What stands in its place. */
  pseudonym: string;
  /** False: the rows are only counted. */
  apply: boolean;
}

/** Thrown when the token cannot be erased now; the message says why. */
export class ErasureError extends Error {
  override readonly name = 'ErasureError';
}

/**
 * Replaces an id token everywhere in Postgres, and gives the number of rows by "table.column". A station and its pod would
 * tell the token of a running transaction again, so it has to end first.
 * @throws ErasureError
 */
export async function eraseToken(connection: Connection, erasure: Erasure): Promise<Map<string, number>> {
  const active = await count(
    connection,
    `transactions WHERE state = 'active' AND lower(id_token) = lower($1)`,
    erasure.token,
  );
  if (active > 0 && erasure.apply)
    throw new ErasureError(`${active} active transactions have the token: end them first`);
  if (erasure.apply) await askAnew(connection, erasure.token);
  const rows = await erased(connection, erasure);
  if (!erasure.apply) return rows;
  for (const [place, left] of await erased(connection, { ...erasure, apply: false }))
    if (left > 0) throw new ErasureError(`${place} got the token again meanwhile: run it again`);
  return rows;
}

/** A pod that has read a ledger with the token must not write it back: with a new version it reads the ledger again. */
async function askAnew(connection: Connection, token: string): Promise<void> {
  await connection[SQL].query(
    `UPDATE transaction_ledgers SET version = version + 1
     WHERE cp_id IN (SELECT cp_id FROM transactions WHERE lower(id_token) = lower($1))`,
    [token],
  );
}

async function erased(connection: Connection, erasure: Erasure): Promise<Map<string, number>> {
  const rows = new Map<string, number>();
  for (const place of TOKEN_PLACES) {
    const erase = place.kind === 'whole' ? eraseWhole : eraseJson;
    rows.set(`${place.table}.${place.column}`, await erase(connection, place, erasure));
  }
  return rows;
}

async function eraseWhole(connection: Connection, { table, column }: TokenPlace, erasure: Erasure): Promise<number> {
  const { token, pseudonym, apply } = erasure;
  if (!apply) return count(connection, `"${table}" WHERE lower("${column}") = lower($1)`, token);
  const updated = await connection[SQL].query(
    `UPDATE "${table}" SET "${column}" = $2 WHERE lower("${column}") = lower($1) RETURNING 1 AS one`,
    [token, pseudonym],
  );
  return updated.length;
}

async function eraseJson(connection: Connection, { table, column }: TokenPlace, erasure: Erasure): Promise<number> {
  const { token, pseudonym, apply } = erasure;
  const { columns }: Table = TABLES[table as TableName];
  const type = columns[column]?.replace('?', '') ?? 'jsonb';
  const found = await connection[SQL].query<{ place: string; json: string }>(
    `SELECT ctid::text AS place, "${column}"::text AS json FROM "${table}" WHERE strpos(lower("${column}"::text), lower($1)) > 0`,
    [token],
  );
  let rows = 0;
  for (const { place, json } of found) {
    const replaced = replaceStrings(json, token, pseudonym);
    if (replaced.hits === 0) continue;
    rows += 1;
    if (!apply) continue;
    const written = await connection[SQL].query(
      `UPDATE "${table}" SET "${column}" = $3::${type} WHERE ctid = $1::tid AND "${column}"::text = $2 RETURNING 1 AS one`,
      [place, json, replaced.json],
    );
    if (written.length === 0) throw new ErasureError(`${table} changed meanwhile: run it again`);
  }
  return rows;
}

async function count(connection: Connection, from: string, token: string): Promise<number> {
  const [row] = await connection[SQL].query<{ rows: number }>(`SELECT count(*)::int AS rows FROM ${from}`, [token]);
  return row?.rows ?? 0;
}
