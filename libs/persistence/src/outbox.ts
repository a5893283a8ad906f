import { SQL, type Connection, type Statement } from './sql.ts';

/** `kafka`: events; `backend`: session calls. */
export type RelayedLane = 'kafka' | 'backend';

/** Dead letters are kept until an operator deletes them or sends them again. */
export type OutboxLane = RelayedLane | `${RelayedLane}-dead`;

/** A charger is in one of so many shards, each emptied by one pod at a time. How to raise it: docs/adr/0038. */
export const OUTBOX_SHARDS = 16;

/** As in the indexes: of `OUTBOX_SHARDS`, a power of two. */
export const SHARD_OF_CHARGER = `(hashtext(cp_id) & ${OUTBOX_SHARDS - 1})`;

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

/** The shards that got entries. */
export interface OutboxPlace {
  lane: OutboxLane;
  shard: number;
}

/** A row as a relay takes it. */
export interface TakenRow extends OutboxRow {
  shard: number;
  /** Whether its charger waits for a time at which it is tried again: the row has to wait, too. */
  waits: boolean;
}

export interface Taking {
  /** Most rows of each shard. */
  limit: number;
  /** Chargers to pass over; their rows are read all the same. */
  exceptCpIds?: readonly string[];
  connection?: Connection;
}

export interface DeadOutboxRow extends OutboxRow {
  createdAt: Date;
}

/** A call to the backend that waits, or that is a dead letter. */
export interface UndeliveredCall {
  eventId: string;
  path: string;
  isDead: boolean;
  createdAt: Date;
}

export interface OutboxDepth {
  /** Counted; from {@link COUNTED_ROWS} on what there can be at most, for counting would take longer each time. */
  rows: number;
  /** Age of the oldest row. */
  oldestSeconds: number;
}

const COUNTED_ROWS = 100_000;

export const OUTBOX_COLUMNS = `id, lane, destination, cp_id AS "cpId", event_id AS "eventId", payload`;

/**
 * Reads one shard after the other, each by its own part of the index, so that rows of other shards and held rows are not
 * read.
 */
export const TAKE = `
  SELECT waiting.*, shards.shard,
    CASE WHEN $1 = 'backend' THEN (SELECT true FROM outbox_retries WHERE cp_id = waiting."cpId") END IS TRUE AS waits
  FROM unnest($2::int[]) AS shards (shard)
  CROSS JOIN LATERAL (
    SELECT ${OUTBOX_COLUMNS} FROM outbox
    WHERE lane = $1 AND ${SHARD_OF_CHARGER} = shards.shard AND NOT held AND NOT cp_id = ANY ($4::text[])
    ORDER BY id LIMIT $3
  ) AS waiting
  ORDER BY waiting.id`;

const APPEND = `
  WITH added AS (
    INSERT INTO outbox (lane, destination, cp_id, event_id, payload)
    SELECT lane, destination, cp_id, event_id, payload
    FROM unnest($1::text[], $2::text[], $3::text[], $4::uuid[], $5::bytea[])
      WITH ORDINALITY AS entry (lane, destination, cp_id, event_id, payload, position)
    ORDER BY position
    RETURNING lane, ${SHARD_OF_CHARGER} AS shard)
  SELECT DISTINCT lane, shard FROM added`;

/** Rows that are committed and not yet delivered. */
export class Outbox {
  private readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /**
   * One statement for all entries; ids follow their order.
   * @returns the places that got any
   */
  async append(entries: readonly OutboxEntry[], connection: Connection = this.connection): Promise<OutboxPlace[]> {
    const statement = this.appending(entries);
    return statement === null ? [] : connection[SQL].query<OutboxPlace>(statement.text, statement.values);
  }

  /** The statement of {@link append}, null for no entries; its rows are {@link OutboxPlace}s. */
  appending(entries: readonly OutboxEntry[]): Statement | null {
    if (entries.length === 0) return null;
    return {
      text: APPEND,
      values: [
        entries.map((entry) => entry.lane),
        entries.map((entry) => entry.destination),
        entries.map((entry) => entry.cpId),
        entries.map((entry) => entry.eventId),
        entries.map((entry) => Buffer.from(entry.payload)),
      ],
    };
  }

  /** The oldest rows of each shard that are not held, in id order. They stay until {@link remove}. */
  take(
    lane: RelayedLane,
    shards: readonly number[],
    { limit, exceptCpIds = [], connection = this.connection }: Taking,
  ): Promise<TakenRow[]> {
    return connection[SQL].query<TakenRow>(TAKE, [lane, shards, limit, exceptCpIds]);
  }

  async remove(ids: readonly string[], connection: Connection = this.connection): Promise<void> {
    if (ids.length > 0) await connection[SQL].query('DELETE FROM outbox WHERE id = ANY ($1::bigint[])', [ids]);
  }

  /** Makes a dead letter of a row that can never be delivered, so that the rows behind it are delivered. */
  async setAside(id: string, lane: `${RelayedLane}-dead`, connection: Connection = this.connection): Promise<void> {
    await connection[SQL].query('UPDATE outbox SET lane = $2, held = false WHERE id = $1', [id, lane]);
  }

  /** Lists the dead letters, oldest first. */
  dead(limit: number, connection: Connection = this.connection): Promise<DeadOutboxRow[]> {
    return connection[SQL].query<DeadOutboxRow>(
      `SELECT ${OUTBOX_COLUMNS}, created_at AS "createdAt" FROM outbox WHERE lane IN ('kafka-dead', 'backend-dead') ORDER BY id LIMIT $1`,
      [limit],
    );
  }

  /** The calls to the backend of a transaction that were not delivered, in their order. */
  async undelivered(cpId: string, transactionId: string): Promise<UndeliveredCall[]> {
    const rows = await this.connection[SQL].query<DeadOutboxRow>(
      `SELECT ${OUTBOX_COLUMNS}, created_at AS "createdAt" FROM outbox
       WHERE cp_id = $1 AND lane IN ('backend', 'backend-dead')
         AND (held OR ${SHARD_OF_CHARGER} = (hashtext($1) & ${OUTBOX_SHARDS - 1}) AND NOT held)
         AND position(convert_to($2, 'UTF8') IN payload) > 0 ORDER BY id`,
      [cpId, JSON.stringify(transactionId)],
    );
    return rows.map(({ eventId, destination, lane, createdAt }) => ({
      eventId,
      path: destination,
      isDead: lane === 'backend-dead',
      createdAt,
    }));
  }

  /**
   * Sends dead letters again. They keep their ids, so they are delivered before later rows of
   * their charger.
   * @returns the ids of the rows that were dead letters, in order
   */
  async putBack(ids: readonly string[] | 'all', connection: Connection = this.connection): Promise<string[]> {
    const rows = await connection[SQL].query<{ id: string }>(
      `UPDATE outbox SET lane = replace(lane, '-dead', ''), held = false
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
