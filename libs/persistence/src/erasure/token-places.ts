/** How a column holds an id token. */
type Kind =
  /** The column is the token. */
  | 'whole'
  /** A string in the JSON is the token, at whatever depth. */
  | 'json';

export interface TokenPlace {
  table: string;
  column: string;
  kind: Kind;
}

const place = (kind: Kind, table: string, ...columns: string[]): TokenPlace[] =>
  columns.map((column) => ({ table, column, kind }));

/** Every column of Postgres that can hold an id token; the spec compares it with the tables. */
export const TOKEN_PLACES: readonly TokenPlace[] = [
  ...place('whole', 'reservations', 'id_token', 'group_id_token'),
  ...place('whole', 'transactions', 'id_token', 'start_id_tag'),
  ...place('json', 'bulk_commands', 'request'),
  ...place('json', 'commands', 'request', 'outcome'),
  ...place('json', 'report_parts', 'items'),
  ...place('json', 'transaction_audits', 'request'),
  ...place('json', 'transaction_events', 'facts'),
  ...place('json', 'transaction_ledgers', 'remote_starts'),
  ...place('json', 'transactions', 'ledger'),
  ...place('json', 'webhook_deliveries', 'body'),
];

/** JSON in which no token can be, and why. */
export const WITHOUT_TOKENS: Readonly<Record<string, string>> = {
  'bulk_commands.selection': 'charge points, by their tags',
  'charge_points.tags': 'what an operator calls the charge point',
  'charging_limits.schedules': 'powers and times',
  'charging_profiles.schedule': 'powers and times',
  'charging_profiles.alternatives': 'powers and times',
  'device_variables.characteristics': 'limits and units of a variable',
  'display_messages.message': 'what a display shows',
  'network_profiles.connection': 'addresses of the gateway',
  'reservations.connector_type': 'a kind of plug',
  'transactions.id_token_type': 'a kind of token',
  'transactions.id_token_status': 'a word of OCPP',
};
