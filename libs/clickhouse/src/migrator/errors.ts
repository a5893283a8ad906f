/** Thrown when the DDL cannot be applied; the message says which file and what to do. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}
