import type { DescribedColumn } from '@ocpp-gw/clickhouse';
import type { Columns } from '../rows/row.ts';
import { Bytes } from './bytes.ts';
import { columnType, type ColumnType } from './column-types.ts';

/** The columns of a table with their types. */
export type TableColumns = ReadonlyMap<string, ColumnType>;

/** Thrown when rows have a column that the table lacks: the schema is behind this build. */
export class UnknownColumnError extends Error {
  override readonly name = 'UnknownColumnError';
}

/** Rows of a table as they are inserted. */
export interface Block {
  columns: readonly string[];
  rows: number;
  bytes: Buffer;
  /** W3C trace context of the batch of messages that the rows come from. */
  traceparent?: string | undefined;
}

/** The types as ClickHouse describes them. @throws UnknownTypeError */
export function tableColumns(described: readonly DescribedColumn[]): TableColumns {
  return new Map(described.map(({ name, type }) => [name, columnType(type)]));
}

/**
 * The rows as one block of the format Native: column by column, so that ClickHouse copies where it would parse. All rows of a table have
 * the same columns. What the table has besides gets its default.
 * @throws UnknownColumnError
 */
export function nativeBlock(columns: TableColumns, rows: readonly Columns[]): Block {
  const names = Object.keys(rows[0] ?? {});
  const bytes = new Bytes();
  bytes.varint(names.length);
  bytes.varint(rows.length);
  for (const name of names) {
    const type = columns.get(name);
    if (!type) throw new UnknownColumnError(`it has no column ${name}`);
    bytes.string(name);
    bytes.string(type.name);
    type.write(bytes, rows, name);
  }
  return { columns: names, rows: rows.length, bytes: bytes.toBuffer() };
}
