import { OUTBOX_COLUMNS, SHARD_OF_CHARGER, type OutboxRow } from './outbox.ts';
import { SQL, type Connection } from './sql.ts';

/** A charger whose call the backend did not take, and when it is tried again. */
export interface Retry {
  cpId: string;
  shard: number;
  failures: number;
  /** When it is 0 or less, the retry is due. */
  dueInMs: number;
}

export interface Postponed {
  cpId: string;
  failures: number;
  waitMs: number;
  /** The ids of its known rows. Rows that are found later are held by {@link OutboxRetries.hold}. */
  ids: readonly string[];
}

/** Shard by shard, as {@link TAKE} does: read are those that are due first, however many wait. */
export const NEXT_RETRIES = `
  SELECT retry.*, shards.shard
  FROM unnest($1::int[]) AS shards (shard)
  CROSS JOIN LATERAL (
    SELECT cp_id AS "cpId", failures, (extract(epoch FROM due_at - clock_timestamp()) * 1000)::float8 AS "dueInMs"
    FROM outbox_retries
    WHERE ${SHARD_OF_CHARGER} = shards.shard AND NOT cp_id = ANY ($3::text[])
    ORDER BY due_at LIMIT $2
  ) AS retry
  ORDER BY "dueInMs" LIMIT $2`;

/**
 * Chargers whose calls the backend did not take. Their rows are held until the charger is due, so that no look at the
 * outbox reads them. Whoever leads the charger's shard is the only one that writes here: a held row's charger is always
 * in the table.
 */
export class OutboxRetries {
  /** The soonest `limit` chargers, due or not. */
  next(
    shards: readonly number[],
    limit: number,
    exceptCpIds: readonly string[],
    connection: Connection,
  ): Promise<Retry[]> {
    return connection[SQL].query<Retry>(NEXT_RETRIES, [shards, limit, exceptCpIds]);
  }

  /** The oldest held rows of a charger, in id order. */
  held(cpId: string, limit: number, connection: Connection): Promise<OutboxRow[]> {
    return connection[SQL].query<OutboxRow>(
      `SELECT ${OUTBOX_COLUMNS} FROM outbox WHERE cp_id = $1 AND held AND lane = 'backend' ORDER BY id LIMIT $2`,
      [cpId, limit],
    );
  }

  /** Holds the rows of a charger whose call failed until it is tried again. */
  async postpone({ cpId, failures, waitMs, ids }: Postponed, connection: Connection): Promise<void> {
    await connection[SQL].query(
      `WITH retry AS (
         INSERT INTO outbox_retries AS known (cp_id, failures, due_at)
         VALUES ($1, $2, clock_timestamp() + $3 * interval '1 millisecond')
         ON CONFLICT (cp_id) DO UPDATE SET failures = excluded.failures, due_at = excluded.due_at)
       UPDATE outbox SET held = true WHERE id = ANY ($4::bigint[]) AND NOT held`,
      [cpId, failures, waitMs, ids],
    );
  }

  /** Holds further rows of chargers that wait. */
  async hold(ids: readonly string[], connection: Connection): Promise<void> {
    if (ids.length > 0)
      await connection[SQL].query('UPDATE outbox SET held = true WHERE id = ANY ($1::bigint[])', [ids]);
  }

  /** The backend takes the charger's calls again, and all that was held is delivered. */
  async forget(cpId: string, connection: Connection): Promise<void> {
    await connection[SQL].query(
      `DELETE FROM outbox_retries
       WHERE cp_id = $1 AND NOT EXISTS (SELECT FROM outbox WHERE cp_id = $1 AND held AND lane = 'backend')`,
      [cpId],
    );
  }
}
