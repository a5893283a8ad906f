import { readTransaction, transactionColumns, type Sql, type TransactionRow } from '@ocpp-gw/persistence';
import type { Entry, EntryOf, Written } from '../entry.ts';
import { END_LOST } from '../lost-end.ts';
import { recordset } from '../wire-values.ts';

/**
 * What GetTransactionStatus says of a transaction (OCPP 2.0.1 E14). While messages are queued nothing is final: Ended may
 * be among them. Over, with an empty queue, it has sent all it ever will; one that still runs by our books ends here, at
 * the latest time it told, and that is told like any end.
 */
export async function writeTransactionStatuses(
  sql: Sql,
  entries: readonly EntryOf<'transactionStatusTold'>[],
): Promise<[Entry, Written][]> {
  if (entries.length === 0) return [];
  const told = entries.map(({ station, effect }, position) => ({
    position,
    cp_id: station.cpId,
    transaction_id: effect.transactionId,
    in_queue: effect.messagesInQueue,
    final: !effect.ongoing && !effect.messagesInQueue,
  }));
  await sql.query(
    `UPDATE transactions
     SET messages_in_queue = told.in_queue, gaps_final = transactions.gaps_final OR told.final, updated_at = now()
     FROM jsonb_to_recordset($1::jsonb) AS told (cp_id text, transaction_id text, in_queue boolean, final boolean)
     WHERE (transactions.cp_id, transactions.transaction_id) = (told.cp_id, told.transaction_id)
       AND (transactions.messages_in_queue IS DISTINCT FROM told.in_queue OR told.final > transactions.gaps_final)`,
    [recordset(told)],
  );
  const ended = await endLost(
    sql,
    told.filter(({ final }) => final),
  );
  return entries.map((entry, position) => {
    const row = ended.find((one) => one.position === position);
    return [entry, row ? { fresh: true, transaction: readTransaction(row) } : { fresh: false }];
  });
}

async function endLost(sql: Sql, told: readonly object[]): Promise<(TransactionRow & { position: number })[]> {
  if (told.length === 0) return [];
  return sql.query(
    `UPDATE transactions
     SET state = 'ended', ended_at = coalesce(last_event_at, started_at), stop_reason = '${END_LOST}',
       end_inferred = true, updated_at = now()
     FROM jsonb_to_recordset($1::jsonb) AS told (position integer, cp_id text, transaction_id text)
     WHERE (transactions.cp_id, transactions.transaction_id) = (told.cp_id, told.transaction_id)
       AND transactions.state = 'active'
     RETURNING told.position, ${transactionColumns('transactions')}`,
    [recordset(told)],
  );
}
