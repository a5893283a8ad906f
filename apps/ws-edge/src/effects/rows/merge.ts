/**
 * How a 2.0.1 event joins its transaction. Every assignment picks between the row and the event by the event's place in
 * the transaction, never by arrival: it is commutative, associative and idempotent, so any order and any repetition of
 * the same events ends in the same row. Equal places (one seqNo for two events) are settled by value.
 */

/** Takes `columns` from the event where `wins` holds. */
function pick(columns: readonly string[], wins: string): string {
  return columns
    .map((column) => `${column} = CASE WHEN ${wins} THEN excluded.${column} ELSE transactions.${column} END`)
    .join(', ');
}

/** The event knows it, and the row does not or has it from a place that `order` puts later. */
function beats(place: string, order: '<' | '>', ...tie: string[]): string {
  const key = (table: string) => `(${[place, ...tie].map((column) => `${table}.${column}`).join(', ')})`;
  return `excluded.${place} IS NOT NULL AND
    (transactions.${place} IS NULL OR ${key('excluded')} ${order} ${key('transactions')})`;
}

const TOKEN = (table: string) =>
  `(${table}.id_token_seq, ${table}.id_token, coalesce(${table}.id_token_type, ''), coalesce(${table}.id_token_status, ''))`;

export const MERGE = [
  // Ended once is ended: a late Updated or Started opens nothing again.
  `state = CASE WHEN 'ended' IN (transactions.state, excluded.state) THEN 'ended' ELSE 'active' END`,
  'start_seen = transactions.start_seen OR excluded.start_seen',
  // Started tells the start; until it comes, the lowest event seen does.
  pick(
    ['started_at', 'started_seq'],
    `(NOT excluded.start_seen, excluded.started_seq, excluded.started_at)
       < (NOT transactions.start_seen, transactions.started_seq, transactions.started_at)`,
  ),
  pick(['ended_at', 'ended_seq', 'stop_reason'], beats('ended_seq', '>', 'ended_at', 'stop_reason')),
  // Only the first event after the EV connects must name the EVSE (part 6 2.1): 0 stands for "not said".
  'evse_id = greatest(transactions.evse_id, excluded.evse_id)',
  'connector_id = greatest(transactions.connector_id, excluded.connector_id)',
  pick(
    ['id_token', 'id_token_type', 'id_token_status', 'id_token_seq'],
    `excluded.id_token_seq IS NOT NULL AND
       (transactions.id_token_seq IS NULL OR ${TOKEN('excluded')} < ${TOKEN('transactions')})`,
  ),
  pick(['meter_start_wh', 'meter_start_seq'], beats('meter_start_seq', '<', 'meter_start_wh')),
  pick(['meter_last_wh', 'meter_last_seq'], beats('meter_last_seq', '>', 'meter_last_wh')),
  pick(['charging_state', 'charging_state_seq'], beats('charging_state_seq', '>', 'charging_state')),
  pick(['total_cost', 'total_cost_seq'], beats('total_cost_seq', '>', 'total_cost')),
  'remote_start_id = greatest(transactions.remote_start_id, excluded.remote_start_id)',
  'reservation_id = greatest(transactions.reservation_id, excluded.reservation_id)',
  'seen_seq_nos = transactions.seen_seq_nos + excluded.seen_seq_nos',
  'last_event_at = greatest(transactions.last_event_at, excluded.last_event_at)',
  'updated_at = now()',
].join(',\n');
