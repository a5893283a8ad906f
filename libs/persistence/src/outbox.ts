import { SQL, type Connection } from './sql.ts';

/** `kafka`: events; `backend`: session calls; the dead ones are kept for people to look at. */
export type OutboxLane = 'kafka' | 'backend' | 'kafka-dead' | 'backend-dead';

export interface OutboxEntry {
  lane: OutboxLane;
  /** Kafka topic or backend path. */
  destination: string;
  cpId: string;
  eventId: string;
  payload: Uint8Array;
}

export interface OutboxRow extends OutboxEntry {
  /** bigint as text; rows of one charger are in the order of their ids. */
  id: string;
}

export interface DeadOutboxRow extends OutboxRow {
  createdAt: Date;
}

export interface OutboxDepth {
  /** Counted; from {@link COUNTED_ROWS} on what there can be at most, for counting would take longer each time. */
  rows: number;
  /** Age of the oldest row. */
  oldestSeconds: number;
}

const COUNTED_ROWS = 100_000;

const COLUMNS = `id, lane, destination, cp_id AS "cpId", event_id AS "eventId", payload`;

/** What has been committed and not yet delivered. */
export class Outbox {
  private readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** One statement for all entries; ids follow their order. */
  async append(entries: readonly OutboxEntry[], connection: Connection = this.connection): Promise<void> {
    if (entries.length === 0) return;
    await connection[SQL].query(
      `INSERT INTO outbox (lane, destination, cp_id, event_id, payload)
       SELECT lane, destination, cp_id, event_id, payload
       FROM unnest($1::text[], $2::text[], $3::text[], $4::uuid[], $5::bytea[])
         WITH ORDINALITY AS entry (lane, destination, cp_id, event_id, payload, position)
       ORDER BY position`,
      [
        entries.map((entry) => entry.lane),
        entries.map((entry) => entry.destination),
        entries.map((entry) => entry.cpId),
        entries.map((entry) => entry.eventId),
        entries.map((entry) => Buffer.from(entry.payload)),
      ],
    );
  }

  /** The oldest rows in id order, without those of `exceptCpIds`. They stay until {@link remove}. */
  take(
    lane: OutboxLane,
    limit: number,
    {
      exceptCpIds = [],
      connection = this.connection,
    }: { exceptCpIds?: readonly string[]; connection?: Connection } = {},
  ): Promise<OutboxRow[]> {
    return connection[SQL].query<OutboxRow>(
      `SELECT ${COLUMNS} FROM outbox WHERE lane = $1 AND NOT cp_id = ANY ($3::text[]) ORDER BY id LIMIT $2`,
      [lane, limit, exceptCpIds],
    );
  }

  async remove(ids: readonly string[], connection: Connection = this.connection): Promise<void> {
    if (ids.length > 0) await connection[SQL].query('DELETE FROM outbox WHERE id = ANY ($1::bigint[])', [ids]);
  }

  /**
   * Frees what removed rows leave behind: {@link take} reads past all of it, and autovacuum looks once a minute. Outside
   * of a transaction. A role that does not own the table gets a warning of Postgres, and waits for autovacuum.
   */
  async vacuum(connection: Connection = this.connection): Promise<void> {
    await connection[SQL].query('VACUUM (TRUNCATE false, SKIP_LOCKED) outbox');
  }

  /** Takes a row that can never be delivered out of its lane's way, and keeps it. */
  async bury(id: string, lane: 'kafka-dead' | 'backend-dead', connection: Connection = this.connection): Promise<void> {
    await connection[SQL].query('UPDATE outbox SET lane = $2 WHERE id = $1', [id, lane]);
  }

  /** What was buried and is still here, oldest first. */
  dead(limit: number, connection: Connection = this.connection): Promise<DeadOutboxRow[]> {
    return connection[SQL].query<DeadOutboxRow>(
      `SELECT ${COLUMNS}, created_at AS "createdAt" FROM outbox WHERE lane IN ('kafka-dead', 'backend-dead') ORDER BY id LIMIT $1`,
      [limit],
    );
  }

  /**
   * Puts buried rows back into their lanes. They keep their ids, so they go before what their charger said later and
   * has not been delivered.
   * @returns the ids of those that were buried, in order
   */
  async revive(ids: readonly string[] | 'all', connection: Connection = this.connection): Promise<string[]> {
    const rows = await connection[SQL].query<{ id: string }>(
      `UPDATE outbox SET lane = replace(lane, '-dead', '')
       WHERE lane IN ('kafka-dead', 'backend-dead') AND ($1::bigint[] IS NULL OR id = ANY ($1::bigint[]))
       RETURNING id`,
      [ids === 'all' ? null : ids],
    );
    return rows.map(({ id }) => id).sort((one, other) => Number(BigInt(one) - BigInt(other)));
  }

  async depth(lane: OutboxLane, connection: Connection = this.connection): Promise<OutboxDepth> {
    const [row] = await connection[SQL].query<{ rows: number; oldest: number }>(
      `WITH ends AS (SELECT min(id) AS first, max(id) AS last FROM outbox WHERE lane = $1)
       SELECT CASE WHEN last - first < $2 THEN (SELECT count(*) FROM outbox WHERE lane = $1)
                   ELSE coalesce(last - first + 1, 0) END::float8 AS rows,
              coalesce(extract(epoch FROM clock_timestamp() - (SELECT created_at FROM outbox WHERE id = first)), 0)::float8
                AS oldest
       FROM ends`,
      [lane, COUNTED_ROWS],
    );
    return { rows: row?.rows ?? 0, oldestSeconds: Math.max(0, row?.oldest ?? 0) };
  }
}
