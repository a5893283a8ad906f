import { createClient, type ClickHouseClient } from '@clickhouse/client';
import { onCluster, type Cluster } from '../cluster/on-cluster.ts';
import type { ClickHouseTarget } from '../config.ts';
import { TOKEN_COLUMNS, type TokenColumn } from './token-columns.ts';

export interface Erasure {
  token: string;
  /** What stands in its place. */
  pseudonym: string;
  /** False: the rows are only counted. */
  apply: boolean;
}

/** A mutation rewrites the parts that hold the token. */
const MUTATION_MS = 24 * 3_600_000;

/** Replaces an id token everywhere in ClickHouse, and gives the number of rows by "table.column". It waits for the mutations. */
export async function eraseToken(
  target: ClickHouseTarget,
  erasure: Erasure,
  cluster?: Cluster,
): Promise<Map<string, number>> {
  const client = createClient({ ...target, request_timeout: MUTATION_MS });
  try {
    const rows = new Map<string, number>();
    for (const place of await existing(client)) {
      const held = await holders(client, place, erasure.token);
      if (held > 0 && erasure.apply) await erase(client, place, erasure, cluster);
      rows.set(`${place.table}.${place.column}`, held);
    }
    return rows;
  } finally {
    await client.close();
  }
}

/** Tables that an operator may have dropped are left out. */
async function existing(client: ClickHouseClient): Promise<TokenColumn[]> {
  const tables = await rowsOf<{ name: string }>(
    client,
    'SELECT name FROM system.tables WHERE database = currentDatabase()',
  );
  return TOKEN_COLUMNS.filter(({ table }) => tables.some(({ name }) => name === table));
}

async function holders(
  client: ClickHouseClient,
  { table, column, within }: TokenColumn,
  token: string,
): Promise<number> {
  const query = `SELECT toUInt32(count()) AS rows FROM ${table} WHERE ${within?.holds ?? equal(column)}`;
  const [row] = await rowsOf<{ rows: number }>(client, query, { token });
  return row?.rows ?? 0;
}

async function erase(
  client: ClickHouseClient,
  { table, column, within }: TokenColumn,
  { token, pseudonym }: Erasure,
  cluster: Cluster | undefined,
): Promise<void> {
  const statement = `ALTER TABLE ${table}
    UPDATE ${column} = ${within?.replaced ?? '{pseudonym:String}'} WHERE ${within?.holds ?? equal(column)}`;
  await client.command({
    query: onCluster(statement, cluster),
    query_params: { token, pseudonym },
    clickhouse_settings: { mutations_sync: '2' },
  });
}

/** Id tokens compare case-insensitively. */
const equal = (column: string): string => `lowerUTF8(${column}) = lowerUTF8({token:String})`;

async function rowsOf<T>(client: ClickHouseClient, query: string, params: Record<string, unknown> = {}): Promise<T[]> {
  return (await client.query({ query, query_params: params, format: 'JSONEachRow' })).json<T>();
}
