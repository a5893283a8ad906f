import type { Table } from '../rows/row.ts';

/**
 * Thrown when ClickHouse did not acknowledge an insert. Retriable: the batch is kept by its consumer and written again.
 * Not: it refuses one of the rows themselves, and always would.
 */
export class InsertError extends Error {
  override readonly name = 'InsertError';
  readonly retriable: boolean;
  readonly table: Table;
  constructor(
    table: Table,
    reason: string,
    { retriable = true, ...options }: ErrorOptions & { retriable?: boolean } = {},
  ) {
    super(`insert into ${table} failed: ${reason}`, options);
    this.table = table;
    this.retriable = retriable;
  }
}
