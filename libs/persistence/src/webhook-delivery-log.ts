import { InvalidCursorError, encodeCursor, type Page } from '@ocpp-gw/contracts';
import type { Database } from './database.ts';
import { isBigint, textsOf } from './cursor.ts';
import { SQL } from './sql.ts';
import { selectBut, type RecordOf } from './tables/record.ts';

/** Rows that one statement changes or deletes, so that none runs long. */
const AT_ONCE = 5_000;

export type DeliveryState = 'pending' | 'delivered' | 'dead';

export type DeliveryRecord = Omit<RecordOf<'webhook_deliveries'>, 'state'> & { state: DeliveryState };

export interface DeliveryFilter {
  subscription?: string;
  eventType?: string;
  cpId?: string;
  /** Recorded at or after. */
  from?: Date;
  /** Recorded before. */
  to?: Date;
}

const MATCHES = `($1::text IS NULL OR subscription = $1)
  AND ($2::text IS NULL OR event_type = $2)
  AND ($3::text IS NULL OR lower(cp_id) = lower($3))
  AND ($4::timestamptz IS NULL OR recorded_at >= $4)
  AND ($5::timestamptz IS NULL OR recorded_at < $5)`;

const RECORDS = `SELECT ${selectBut('webhook_deliveries', [])} FROM webhook_deliveries`;

const again = (condition: string): string => `UPDATE webhook_deliveries
  SET state = 'pending', attempts = 0, next_attempt_at = $6, delivered_at = NULL
  WHERE id IN (SELECT id FROM webhook_deliveries WHERE ${condition} ORDER BY id LIMIT $7)
    AND state <> 'pending'
  RETURNING id`;

const REPLAY = again(`${MATCHES} AND state = 'dead'`);
const RESEND = again(`${MATCHES} AND state <> 'pending' AND id > $8::bigint`);

/** What became of deliveries, and how they are sent again. */
export class WebhookDeliveryLog {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  /** Newest first. @throws InvalidCursorError */
  async list(
    filter: DeliveryFilter & { limit: number; cursor?: string; state?: DeliveryState },
  ): Promise<Page<DeliveryRecord>> {
    const rows = await this.database[SQL].query<DeliveryRecord>(
      `${RECORDS} WHERE ${MATCHES}${filter.state === undefined ? '' : ` AND state = '${filter.state}'`}
         AND ($6::bigint IS NULL OR id < $6) ORDER BY id DESC LIMIT $7`,
      [...valuesOf(filter), filter.cursor === undefined ? null : keyset(filter.cursor), filter.limit + 1],
    );
    const items = rows.slice(0, filter.limit);
    const last = items.at(-1);
    return { items, nextCursor: rows.length > filter.limit && last ? encodeCursor([last.id]) : null };
  }

  /** All of these events, in the order in which they were queued. */
  ofEvents(eventIds: readonly string[]): Promise<DeliveryRecord[]> {
    return this.database[SQL].query<DeliveryRecord>(
      `${RECORDS} WHERE subscription IN (SELECT name FROM webhook_subscriptions) AND event_id = ANY ($1::uuid[]) ORDER BY id`,
      [eventIds],
    );
  }

  async get(id: string): Promise<DeliveryRecord | null> {
    const [found] = await this.database[SQL].query<DeliveryRecord>(`${RECORDS} WHERE id = $1`, [id]);
    return found ?? null;
  }

  /**
   * Makes dead rows pending again, with all attempts before them. They keep event, body and time of record, so they go
   * before what their charger said later and is still waiting.
   * @returns the ids of those that were dead, in order
   */
  async replay(ids: readonly string[] | 'all', now = new Date()): Promise<string[]> {
    const replayed = await this.database[SQL].query<{ id: string }>(
      `UPDATE webhook_deliveries SET state = 'pending', attempts = 0, next_attempt_at = $2
       WHERE state = 'dead' AND ($1::bigint[] IS NULL OR id = ANY ($1::bigint[]))
       RETURNING id`,
      [ids === 'all' ? null : ids, now],
    );
    return replayed.map(({ id }) => id).sort((one, other) => Number(BigInt(one) - BigInt(other)));
  }

  /** The same for the dead rows that match. @returns how many there were */
  async replayMatching(filter: DeliveryFilter, now = new Date()): Promise<number> {
    let replayed = 0;
    for (;;) {
      const rows = await this.database[SQL].query(REPLAY, [...valuesOf(filter), now, AT_ONCE]);
      replayed += rows.length;
      if (rows.length < AT_ONCE) return replayed;
    }
  }

  /**
   * Makes rows that match pending again, those that were delivered too. Rows that are pending are sent anyway.
   * @returns how many there were
   */
  async resend(filter: DeliveryFilter, now = new Date()): Promise<number> {
    let resent = 0;
    let after = '0';
    for (;;) {
      const rows = await this.database[SQL].query<{ id: string }>(RESEND, [...valuesOf(filter), now, AT_ONCE, after]);
      resent += rows.length;
      if (rows.length < AT_ONCE) return resent;
      // A row that is delivered meanwhile is not sent a third time.
      after = String(rows.reduce((last, { id }) => (BigInt(id) > last ? BigInt(id) : last), 0n));
    }
  }

  /** Deletes the deliveries of a subscription that is no more. */
  async deleteOf(subscription: string): Promise<void> {
    let deleted = AT_ONCE;
    while (deleted === AT_ONCE) {
      const rows = await this.database[SQL].query(
        `DELETE FROM webhook_deliveries WHERE id IN (
           SELECT id FROM webhook_deliveries WHERE subscription = $1 ORDER BY id LIMIT $2)
         RETURNING 1`,
        [subscription, AT_ONCE],
      );
      deleted = rows.length;
    }
  }
}

function valuesOf({ subscription, eventType, cpId, from, to }: DeliveryFilter): unknown[] {
  return [subscription ?? null, eventType ?? null, cpId ?? null, from ?? null, to ?? null];
}

function keyset(cursor: string): string {
  const [id = ''] = textsOf(cursor, 1);
  if (!isBigint(id)) throw new InvalidCursorError();
  return id;
}
