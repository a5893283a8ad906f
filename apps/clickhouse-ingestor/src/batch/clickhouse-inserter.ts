import { ClickHouseError, createClient, type ClickHouseClient } from '@clickhouse/client';
import { describeTable, insertNative, type ClickHouseTarget } from '@ocpp-gw/clickhouse';
import {
  UnknownColumnError,
  nativeBlock,
  tableColumns,
  type Block,
  type TableColumns,
} from '../native/native-block.ts';
import type { Row, Table } from '../rows/row.ts';
import type { TableBlock } from './batch-writer.ts';
import { InsertError } from './errors.ts';

/** Error codes of ClickHouse for a schema that lacks the newest DDL. */
const SCHEMA_BEHIND: ReadonlySet<string> = new Set([
  'UNKNOWN_TABLE',
  'UNKNOWN_DATABASE',
  'NO_SUCH_COLUMN_IN_TABLE',
  'INCORRECT_DATA',
]);

/** Error codes of ClickHouse that concern a row. A retry cannot succeed. */
const ROW_REFUSED: ReadonlySet<string> = new Set([
  'VIOLATED_CONSTRAINT',
  'VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE',
  'UNKNOWN_ELEMENT_OF_ENUM',
  'TOO_LARGE_STRING_SIZE',
]);

/** Large synchronous inserts: the answer comes after the rows are in the table and in the views fed from it. */
export class ClickHouseInserter {
  private readonly client: ClickHouseClient;
  /** What each table is made of, as it said at its first insert, or at the first one after a failure. */
  private readonly described = new Map<Table, TableColumns>();

  constructor(target: ClickHouseTarget) {
    this.client = createClient({
      ...target,
      clickhouse_settings: {
        async_insert: 0,
        wait_end_of_query: 1,
        // A repeated batch is skipped by the table's deduplication window, and must then still reach a view that the
        // first attempt did not.
        deduplicate_blocks_in_dependent_materialized_views: 1,
      },
    });
  }

  /** The rows as blocks, one for each table. @throws InsertError */
  async encode(rows: readonly Row[]): Promise<TableBlock[]> {
    const blocks: TableBlock[] = [];
    for (const [table, group] of Map.groupBy(rows, (row) => row.table)) {
      const columns = group.map((row) => row.columns);
      await this.attempt(table, async () => {
        blocks.push({ table, block: nativeBlock(await this.columnsOf(table), columns) });
      });
    }
    return blocks;
  }

  /** The blocks in one insert. @throws InsertError */
  async insert(table: Table, blocks: readonly Block[]): Promise<void> {
    const columns = blocks[0]?.columns ?? [];
    const bytes = blocks.map((block) => block.bytes);
    await this.attempt(table, () => insertNative(this.client, table, columns, bytes));
  }

  async ping(): Promise<void> {
    const answer = await this.client.ping({ select: true });
    if (!answer.success) throw answer.error;
  }

  async stop(): Promise<void> {
    await this.client.close();
  }

  private async attempt(table: Table, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (cause) {
      const retriable = !(cause instanceof ClickHouseError && ROW_REFUSED.has(cause.type ?? ''));
      if (retriable) this.described.delete(table);
      throw new InsertError(table, hint(cause), { cause, retriable });
    }
  }

  private async columnsOf(table: Table): Promise<TableColumns> {
    const known = this.described.get(table);
    if (known) return known;
    const columns = tableColumns(await describeTable(this.client, table));
    this.described.set(table, columns);
    return columns;
  }
}

function hint(cause: unknown): string {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const behind = cause instanceof ClickHouseError && SCHEMA_BEHIND.has(cause.type ?? '');
  return behind || cause instanceof UnknownColumnError
    ? `${reason} (the schema is behind this build: run the DDL migrator)`
    : reason;
}
