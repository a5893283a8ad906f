import type { Database } from './database.ts';
import { SQL } from './sql.ts';

export interface NewDelivery {
  /** Name of the subscription. */
  subscription: string;
  eventId: string;
  eventType: string;
  cpId: string;
  body: string;
  /** When the event was recorded: one charger's order. */
  recordedAt: Date;
  /** False: it waits for no other of its charger. */
  ordered?: boolean;
  /** It is held by the process that writes it, which delivers it from memory: nobody else claims it before. */
  heldUntil?: Date | undefined;
}

export interface ClaimedDelivery extends Omit<NewDelivery, 'ordered' | 'heldUntil'> {
  /** bigint as text. */
  id: string;
  /** Attempts begun, this one among them. */
  attempts: number;
  createdAt: Date;
}

/** A row that was new. */
export interface Enqueued {
  id: string;
  subscription: string;
  eventId: string;
  /** Whether it is held as asked; it is not where it waits behind one that waits to be tried again. */
  isHeld: boolean;
}

/** What identifies a row that a process holds: anybody who takes it or moves it changes its time. */
export interface Held {
  id: string;
  heldUntil: Date;
}

/** A delivery that a receiver accepted. */
export interface Received {
  /** The id of the delivery. */
  id: string;
  /** HTTP status of its answer. */
  status: number;
}

export interface ClaimRequest {
  limit: number;
  now: Date;
  /** A claim not marked within this time is due again: the claimer died. */
  leaseMs: number;
  /** Its rows alone: each has its own share of the workers, so that a dead one delays no other. */
  subscription: string;
  /** In order, only rows enqueued before: of what came later, something older may still be under way. */
  settledBefore?: Date;
  /** False: rows of one charger are claimed side by side; the subscription opted out of their order. */
  ordered?: boolean;
}

export interface DeliveryDepth {
  pending: number;
  dead: number;
  /** Age of the oldest pending row. */
  oldestSeconds: number;
}

/** No claim lasts as long: a row that is not due for longer has failed, and waits to be tried again. */
const LONGEST_LEASE_MS = 75_000;

const CLAIMED = `d.id, d.subscription, d.event_id AS "eventId", d.event_type AS "eventType", d.cp_id AS "cpId", d.body,
  d.recorded_at AS "recordedAt", d.attempts, d.created_at AS "createdAt"`;

const DUE = `SELECT d.id FROM webhook_deliveries d
  WHERE d.state = 'pending' AND d.subscription = $1 AND d.next_attempt_at <= $2`;

const claim = (due: string): string => `WITH due AS (${due}
    ORDER BY d.next_attempt_at, d.id
    LIMIT $3
    FOR UPDATE SKIP LOCKED)
  UPDATE webhook_deliveries d SET attempts = d.attempts + 1, next_attempt_at = $4
  FROM due WHERE d.id = due.id
  RETURNING ${CLAIMED}`;

const CLAIM = claim(DUE);

const HEAD = `SELECT head.id FROM webhook_deliveries head
    WHERE head.state = 'pending' AND head.subscription = d.subscription AND head.cp_id = d.cp_id
    ORDER BY head.recorded_at, head.id LIMIT 1`;

/**
 * The head of each charger's queue, asked for row by row: as a join, Postgres compares all pending rows with each other
 * where it has planned for few.
 */
const CLAIM_IN_ORDER = claim(`${DUE} AND d.created_at < $5 AND d.id = (${HEAD})`);

/** A claim counts its attempt when it begins, a row that is held when it ends. */
const IS_HELD = "d.state = 'pending' AND d.attempts = 0 AND d.next_attempt_at = held.until";

/** The dispatcher's queue. Unless asked otherwise, one charger's events to one subscription go one at a time, oldest first. */
export class WebhookDeliveries {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  /**
   * Rows that exist already (same subscription and event) stay as they are. In order, a row that comes behind one that waits to be
   * tried again waits as long: if all such rows were due, each claim would read all of them. Returns those that were new.
   */
  async enqueue(rows: readonly NewDelivery[], now = new Date()): Promise<Enqueued[]> {
    if (rows.length === 0) return [];
    return this.database[SQL].query<Enqueued>(
      `INSERT INTO webhook_deliveries (subscription, event_id, event_type, cp_id, body, recorded_at, next_attempt_at, created_at)
       SELECT subscription, event_id, event_type, cp_id, body, recorded_at, coalesce(head.due_at, held_until, $7), $7
       FROM unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $8::boolean[],
         $10::timestamptz[])
         WITH ORDINALITY AS row (subscription, event_id, event_type, cp_id, body, recorded_at, ordered, held_until, position)
       LEFT JOIN LATERAL (
         SELECT d.next_attempt_at AS due_at FROM webhook_deliveries d
         WHERE d.state = 'pending' AND d.subscription = row.subscription AND d.cp_id = row.cp_id
           AND d.recorded_at <= row.recorded_at
         ORDER BY d.recorded_at, d.id LIMIT 1) head ON row.ordered AND head.due_at > $9
       ORDER BY position
       ON CONFLICT DO NOTHING
       RETURNING id, subscription, event_id AS "eventId", next_attempt_at > $7 AND next_attempt_at <= $9 AS "isHeld"`,
      [
        rows.map((row) => row.subscription),
        rows.map((row) => row.eventId),
        rows.map((row) => row.eventType),
        rows.map((row) => row.cpId),
        rows.map((row) => row.body),
        rows.map((row) => row.recordedAt),
        now,
        rows.map((row) => row.ordered ?? true),
        new Date(now.getTime() + LONGEST_LEASE_MS),
        rows.map((row) => row.heldUntil ?? null),
      ],
    );
  }

  /** Of these, the rows that are still held; in order, `isFirst` says whether nothing older of the charger is pending. */
  async stillHeld(held: readonly Held[]): Promise<{ id: string; isFirst: boolean }[]> {
    return this.database[SQL].query(
      `SELECT d.id, d.id = (${HEAD}) AS "isFirst"
       FROM unnest($1::bigint[], $2::timestamptz[]) AS held (id, until)
       JOIN webhook_deliveries d ON d.id = held.id
       WHERE ${IS_HELD}`,
      [held.map(({ id }) => id), held.map(({ heldUntil }) => heldUntil)],
    );
  }

  /** What is held becomes a claim, which lasts until then. */
  async claimHeld(held: readonly Held[], until: Date): Promise<void> {
    await this.database[SQL].query(
      `UPDATE webhook_deliveries d SET attempts = 1, next_attempt_at = $3
       FROM unnest($1::bigint[], $2::timestamptz[]) AS held (id, until)
       WHERE d.id = held.id AND ${IS_HELD}`,
      [held.map(({ id }) => id), held.map(({ heldUntil }) => heldUntil), until],
    );
  }

  /** Others may take them at once, unless they are behind one that waits to be tried again. */
  async release(held: readonly Held[], now = new Date()): Promise<void> {
    await this.database[SQL].query(
      `UPDATE webhook_deliveries d SET next_attempt_at = coalesce((
         SELECT head.next_attempt_at FROM webhook_deliveries head
         WHERE head.id = (${HEAD}) AND head.next_attempt_at > $4), $3)
       FROM unnest($1::bigint[], $2::timestamptz[]) AS held (id, until)
       WHERE d.id = held.id AND ${IS_HELD}`,
      [
        held.map(({ id }) => id),
        held.map(({ heldUntil }) => heldUntil),
        now,
        new Date(now.getTime() + LONGEST_LEASE_MS),
      ],
    );
  }

  /** Takes due rows for `leaseMs`. Claimers running at once never get the same row. */
  async claimDue(request: ClaimRequest): Promise<ClaimedDelivery[]> {
    const { limit, now, leaseMs, subscription, settledBefore, ordered = true } = request;
    const claimed = await this.database[SQL].query<ClaimedDelivery>(ordered ? CLAIM_IN_ORDER : CLAIM, [
      subscription,
      now,
      limit,
      new Date(now.getTime() + leaseMs),
      ...(ordered ? [settledBefore ?? 'infinity'] : []),
    ]);
    return claimed.sort((a, b) => Number(a.recordedAt) - Number(b.recordedAt) || Number(BigInt(a.id) - BigInt(b.id)));
  }

  async markDelivered(received: readonly Received[]): Promise<void> {
    await this.database[SQL].query(
      `UPDATE webhook_deliveries d
       SET state = 'delivered', attempts = greatest(attempts, 1), delivered_at = now(), last_status = received.status, last_error = NULL
       FROM unnest($1::bigint[], $2::integer[]) AS received (id, status)
       WHERE d.id = received.id AND d.state = 'pending'`,
      [received.map(({ id }) => id), received.map(({ status }) => status)],
    );
  }

  /** In order, the rows behind it wait as long: they are not due before the one at their head. */
  async markRetry(id: string, nextAttemptAt: Date, error: string, status?: number, ordered = true): Promise<void> {
    await this.database[SQL].query(
      `WITH head AS (
         UPDATE webhook_deliveries SET next_attempt_at = $2, attempts = greatest(attempts, 1), last_error = $3, last_status = $4
         WHERE id = $1 AND state = 'pending'
         RETURNING id, subscription, cp_id, recorded_at)
       UPDATE webhook_deliveries behind SET next_attempt_at = $2
       FROM head
       WHERE behind.state = 'pending' AND behind.subscription = head.subscription AND behind.cp_id = head.cp_id
         AND (behind.recorded_at, behind.id) > (head.recorded_at, head.id) AND behind.next_attempt_at < $2 AND $5::boolean`,
      [id, nextAttemptAt, error, status ?? null, ordered],
    );
  }

  /** A dead row no longer holds back the ones behind it. */
  async markDead(id: string, error: string, status?: number, ordered = true): Promise<void> {
    await this.database[SQL].query(
      `WITH head AS (
         UPDATE webhook_deliveries SET state = 'dead', attempts = greatest(attempts, 1), last_error = $2, last_status = $3
         WHERE id = $1 AND state = 'pending'
         RETURNING id, subscription, cp_id, recorded_at)
       UPDATE webhook_deliveries behind SET next_attempt_at = now()
       FROM head
       WHERE behind.state = 'pending' AND behind.subscription = head.subscription AND behind.cp_id = head.cp_id
         AND (behind.recorded_at, behind.id) > (head.recorded_at, head.id) AND behind.next_attempt_at > now() AND $4::boolean`,
      [id, error, status ?? null, ordered],
    );
  }

  /** Removes what was delivered before a time; Kafka does not repeat events that old. Returns how many went. */
  async deleteDelivered(before: Date, limit = 10_000): Promise<number> {
    const deleted = await this.database[SQL].query(
      `DELETE FROM webhook_deliveries WHERE id IN (
         SELECT id FROM webhook_deliveries WHERE state = 'delivered' AND delivered_at < $1 ORDER BY id LIMIT $2)
       RETURNING 1`,
      [before, limit],
    );
    return deleted.length;
  }

  /**
   * Removes what has been due since before this time, for a subscription that is not active.
   * Returns how many went.
   */
  async deleteForsaken(before: Date, limit: number): Promise<number> {
    const deleted = await this.database[SQL].query(
      `DELETE FROM webhook_deliveries WHERE id IN (
         SELECT d.id FROM webhook_deliveries d
         WHERE d.state = 'pending' AND d.next_attempt_at < $1 AND NOT EXISTS (
           SELECT FROM webhook_subscriptions s WHERE s.name = d.subscription AND s.state = 'active')
         LIMIT $2)
       RETURNING 1`,
      [before, limit],
    );
    return deleted.length;
  }

  async depth(): Promise<DeliveryDepth> {
    const depths = await this.depths();
    return {
      pending: depths.reduce((sum, { pending }) => sum + pending, 0),
      dead: depths.reduce((sum, { dead }) => sum + dead, 0),
      oldestSeconds: Math.max(0, ...depths.map(({ oldestSeconds }) => oldestSeconds)),
    };
  }

  /** Of each subscription that has any. */
  async depths(): Promise<(DeliveryDepth & { subscription: string })[]> {
    return this.database[SQL].query(
      `SELECT subscription, count(*) FILTER (WHERE state = 'pending')::int AS pending,
              count(*) FILTER (WHERE state = 'dead')::int AS dead,
              coalesce(extract(epoch FROM clock_timestamp() - min(created_at) FILTER (WHERE state = 'pending')), 0)::float8
                AS "oldestSeconds"
       FROM webhook_deliveries WHERE state <> 'delivered' GROUP BY subscription`,
    );
  }
}
