import type { Table } from '../rows/row.ts';

/**
 * Thrown when ClickHouse did not acknowledge an insert. If it is retriable, the consumer keeps the batch and writes it
 * again. If not, ClickHouse refuses one of the rows and always will.
 */
export class InsertError extends Error {
  override readonly name = 'InsertError';
  readonly retriable: boolean;
  constructor(
    readonly table: Table,
    reason: string,
    { retriable = true, ...options }: ErrorOptions & { retriable?: boolean } = {},
  ) {
    super(`insert into ${table} failed: ${reason}`, options);
    this.retriable = retriable;
  }
}
