/** Sends statements. */
export interface Sql {
  query<Row extends object = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<Row[]>;
}

export interface Statement {
  text: string;
  values: readonly unknown[];
}

/** The library does not export this name: apps can pass a connection on, but cannot send SQL over it. */
export const SQL: unique symbol = Symbol('sql');

/** Where statements go: the pool (each on its own), one open transaction, or the connection of a lease. */
export interface Connection {
  readonly [SQL]: Sql;
}
