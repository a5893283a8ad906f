import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { ClickHouseClient } from '@clickhouse/client';

/** A column and its type, as ClickHouse writes it: `LowCardinality(String)`. */
export interface DescribedColumn {
  name: string;
  type: string;
}

export async function describeTable(client: ClickHouseClient, table: string): Promise<DescribedColumn[]> {
  const result = await client.query({ query: `DESCRIBE TABLE ${table}`, format: 'JSONEachRow' });
  return result.json<DescribedColumn>();
}

/** Inserts blocks of the format Native, all with these columns. Resolves when ClickHouse has acknowledged them. */
export async function insertNative(
  client: ClickHouseClient,
  table: string,
  columns: readonly string[],
  blocks: readonly Buffer[],
): Promise<void> {
  const { stream } = await client.exec({
    query: `INSERT INTO ${table} (${columns.join(', ')}) FORMAT Native`,
    values: Readable.from(blocks, { objectMode: false }),
  });
  // Its end is the acknowledgement.
  await finished(stream.resume());
}
