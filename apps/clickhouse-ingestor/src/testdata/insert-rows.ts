import type { Event } from '@ocpp-gw/contracts';
import type { ClickHouseInserter } from '../batch/clickhouse-inserter.ts';
import { rowsOf } from '../rows/rows-of.ts';
import type { Columns, Row, Table } from '../rows/row.ts';

/** Inserts the rows of a table at once. */
export async function insertRows(inserter: ClickHouseInserter, table: Table, rows: readonly Columns[]): Promise<void> {
  await insertAll(
    inserter,
    rows.map((columns) => ({ table, columns })),
  );
}

/** Inserts the rows of all events, those of a table at once. */
export async function insertEvents(inserter: ClickHouseInserter, events: readonly Event[]): Promise<void> {
  await insertAll(inserter, events.flatMap(rowsOf));
}

async function insertAll(inserter: ClickHouseInserter, rows: readonly Row[]): Promise<void> {
  for (const { table, block } of await inserter.encode(rows)) await inserter.insert(table, [block]);
}
