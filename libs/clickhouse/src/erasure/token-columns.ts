export interface TokenColumn {
  table: string;
  column: string;
  /** Where a column holds more than the token: the condition that it holds it, and the column with the pseudonym in its place. */
  within?: { holds: string; replaced: string };
}

/**
 * Every column of ClickHouse that holds an id token; the spec compares it with the tables. The table of before a roll-out has
 * them until it is dropped.
 */
export const TOKEN_COLUMNS: readonly TokenColumn[] = [
  { table: 'transaction_events', column: 'id_token' },
  { table: 'transaction_events_by_month', column: 'id_token' },
  { table: 'ended_sessions', column: 'id_token' },
  {
    table: 'session_states',
    column: 'latest_id_token',
    within: {
      holds: 'lowerUTF8(latest_id_token.4) = lowerUTF8({token:String})',
      replaced: '(latest_id_token.1, latest_id_token.2, latest_id_token.3, {pseudonym:String})',
    },
  },
  {
    table: 'messages',
    column: 'raw',
    within: {
      holds: 'positionCaseInsensitiveUTF8(raw, toJSONString({token:String})) > 0',
      replaced:
        "replaceRegexpAll(raw, concat('(?i)', regexpQuoteMeta(toJSONString({token:String}))), toJSONString({pseudonym:String}))",
    },
  },
];
