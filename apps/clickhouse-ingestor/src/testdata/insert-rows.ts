import type { ClickHouseInserter } from '../batch/clickhouse-inserter.ts';
import type { Columns, Table } from '../rows/row.ts';

/** Inserts the rows of a table at once. */
export async function insertRows(inserter: ClickHouseInserter, table: Table, rows: readonly Columns[]): Promise<void> {
  const blocks = await inserter.encode(rows.map((columns) => ({ table, columns })));
  await inserter.insert(
    table,
    blocks.map(({ block }) => block),
  );
}
