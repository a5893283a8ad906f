export interface TokenColumn {
  table: string;
  column: string;
}

/**
 * Every column of ClickHouse that holds an id token; the spec compares it with the tables. The table of before a roll-out has
 * them until it is dropped.
 */
export const TOKEN_COLUMNS: readonly TokenColumn[] = [
  { table: 'transaction_events', column: 'id_token' },
  { table: 'transaction_events_by_month', column: 'id_token' },
  { table: 'ended_sessions', column: 'id_token' },
];
