import { ClickHouseError, createClient, type ClickHouseClient } from '@clickhouse/client';
import type { ClickHouseTarget } from '@ocpp-gw/clickhouse';
import type { Columns, Table } from '../rows/row.ts';
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
  'CANNOT_PARSE_TEXT',
  'CANNOT_PARSE_QUOTED_STRING',
  'CANNOT_PARSE_ESCAPE_SEQUENCE',
  'CANNOT_PARSE_DATETIME',
  'CANNOT_PARSE_NUMBER',
  'CANNOT_PARSE_UUID',
  'CANNOT_PARSE_INPUT_ASSERTION_FAILED',
  'VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE',
  'TOO_LARGE_STRING_SIZE',
]);

/** Large synchronous inserts: the answer comes after the rows are in the table and in the views fed from it. */
export class ClickHouseInserter {
  private readonly client: ClickHouseClient;

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

  /** @throws InsertError */
  async insert(table: Table, rows: readonly Columns[]): Promise<void> {
    try {
      await this.client.insert({ table, values: rows as Columns[], format: 'JSONEachRow' });
    } catch (cause) {
      const retriable = !(cause instanceof ClickHouseError && ROW_REFUSED.has(cause.type ?? ''));
      throw new InsertError(table, hint(cause), { cause, retriable });
    }
  }

  async ping(): Promise<void> {
    const answer = await this.client.ping({ select: true });
    if (!answer.success) throw answer.error;
  }

  async stop(): Promise<void> {
    await this.client.close();
  }
}

function hint(cause: unknown): string {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const behind = cause instanceof ClickHouseError && SCHEMA_BEHIND.has(cause.type ?? '');
  return behind ? `${reason} (the schema is behind this build: run the DDL migrator)` : reason;
}
