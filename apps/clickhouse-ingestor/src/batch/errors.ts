import type { Table } from '../rows/row.ts';

/** Thrown when ClickHouse did not acknowledge an insert. The batch is kept by its consumer and written again. */
export class InsertError extends Error {
  override readonly name = 'InsertError';
  readonly retriable = true;
  readonly table: Table;
  constructor(table: Table, reason: string, options?: ErrorOptions) {
    super(`insert into ${table} failed: ${reason}`, options);
    this.table = table;
  }
}
