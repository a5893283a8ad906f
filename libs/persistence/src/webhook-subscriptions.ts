import { encodeCursor, type Page } from '@ocpp-gw/contracts';
import type { Database } from './database.ts';
import { textsOf } from './cursor.ts';
import { SQL, type Connection } from './sql.ts';
import { selectBut, type RecordOf } from './tables/record.ts';
import type { WebhookSecrets } from './webhook-secrets.ts';

/** Subscriptions that REST may create. It bounds the workers of a dispatcher and the series of its metrics. */
export const MOST_SUBSCRIPTIONS = 200;

export type WebhookState = 'active' | 'paused' | 'disabled';

export type WebhookSubscriptionRecord = Omit<
  RecordOf<'webhook_subscriptions', 'secret' | 'previous_secret'>,
  'source' | 'state'
> & {
  /** `configuration`: a setting of the dispatcher declares it, and holds its secrets. */
  source: 'api' | 'configuration';
  state: WebhookState;
};

export interface NewWebhookSubscription {
  name: string;
  url: string;
  events: readonly string[];
  ordered: boolean;
}

export type WebhookSubscriptionChanges = Partial<Omit<NewWebhookSubscription, 'name'>>;

/** A subscription with what signs its messages; a secret that cannot be decrypted here is missing. */
export interface SigningSubscription {
  subscription: WebhookSubscriptionRecord;
  secrets: { value: string; until: Date | null }[];
}

const RECORDS = `SELECT ${selectBut('webhook_subscriptions', ['secret', 'previous_secret'])} FROM webhook_subscriptions`;

/** Webhook subscriptions and their states. Those of the configuration have a row too, for their state (docs/adr/0053). */
export class WebhookSubscriptions {
  private readonly database: Database;
  private readonly secrets: WebhookSecrets;

  constructor(database: Database, secrets: WebhookSecrets) {
    this.database = database;
    this.secrets = secrets;
  }

  /** Differs whenever any subscription has changed. */
  async fingerprint(): Promise<string> {
    const [row] = await this.database[SQL].query<{ fingerprint: string }>(
      `SELECT coalesce(md5(string_agg(name || ' ' || xmin::text, ',' ORDER BY name)), '') AS fingerprint
       FROM webhook_subscriptions`,
    );
    return row?.fingerprint ?? '';
  }

  /** All, with the secrets of those that have them here. */
  async allWithSecrets(): Promise<SigningSubscription[]> {
    const rows = await this.database[SQL].query<
      WebhookSubscriptionRecord & { secret: string | null; previousSecret: string | null }
    >(`SELECT ${selectBut('webhook_subscriptions', [])} FROM webhook_subscriptions ORDER BY name`);
    return rows.map(({ secret, previousSecret, ...subscription }) => {
      const stored = [
        { value: secret, until: null },
        { value: previousSecret, until: subscription.previousSecretUntil },
      ];
      const secrets = stored.flatMap(({ value, until }) => {
        const opened = value === null ? null : this.secrets.open(subscription.name, value);
        return opened === null ? [] : [{ value: opened, until }];
      });
      return { subscription, secrets };
    });
  }

  /** Sorted by name. @throws InvalidCursorError */
  async list({ limit, cursor }: { limit: number; cursor?: string }): Promise<Page<WebhookSubscriptionRecord>> {
    const rows = await this.database[SQL].query<WebhookSubscriptionRecord>(
      `${RECORDS} WHERE $2::text IS NULL OR name COLLATE "C" > $2 ORDER BY name COLLATE "C" LIMIT $1`,
      [limit + 1, cursor === undefined ? null : textsOf(cursor, 1)[0]],
    );
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return { items, nextCursor: rows.length > limit && last ? encodeCursor([last.name]) : null };
  }

  async get(name: string): Promise<WebhookSubscriptionRecord | null> {
    const [found] = await this.database[SQL].query<WebhookSubscriptionRecord>(`${RECORDS} WHERE name = $1`, [name]);
    return found ?? null;
  }

  /** Which of the two keeps it from being created, if any: its name, or the number of those there are. */
  async create(created: NewWebhookSubscription, secret: string): Promise<'created' | 'name taken' | 'too many'> {
    const { name, url, events, ordered } = created;
    return this.database.transaction(async (connection) => {
      await connection[SQL].query('LOCK TABLE webhook_subscriptions IN SHARE ROW EXCLUSIVE MODE');
      const [known] = await connection[SQL].query<{ taken: boolean; count: number }>(
        `SELECT coalesce(bool_or(name = $1), false) AS taken, count(*) FILTER (WHERE source = 'api')::int AS count
         FROM webhook_subscriptions`,
        [name],
      );
      if (known?.taken) return 'name taken';
      if ((known?.count ?? 0) >= MOST_SUBSCRIPTIONS) return 'too many';
      await connection[SQL].query(
        `INSERT INTO webhook_subscriptions (name, source, url, events, ordered, secret) VALUES ($1, 'api', $2, $3, $4, $5)`,
        [name, url, events, ordered, this.secrets.seal(name, secret)],
      );
      return 'created';
    });
  }

  /** Changes one that REST manages. Fields that are absent keep their values. */
  async change(name: string, { url, events, ordered }: WebhookSubscriptionChanges): Promise<void> {
    await this.database[SQL].query(
      `UPDATE webhook_subscriptions
       SET url = coalesce($2, url), events = coalesce($3::text[], events), ordered = coalesce($4::boolean, ordered), updated_at = now()
       WHERE name = $1 AND source = 'api'`,
      [name, url ?? null, events ?? null, ordered ?? null],
    );
  }

  /** Gives one that REST manages a new secret. The one it had signs too until then. */
  async rotate(name: string, secret: string, previousUntil: Date): Promise<void> {
    await this.database[SQL].query(
      `UPDATE webhook_subscriptions
       SET previous_secret = secret, previous_secret_until = $3, secret = $2, updated_at = now()
       WHERE name = $1 AND source = 'api'`,
      [name, this.secrets.seal(name, secret), previousUntil],
    );
  }

  /** Does nothing where it is in that state already. */
  async setState(name: string, state: WebhookState, reason: string | null): Promise<void> {
    await this.database[SQL].query(
      `UPDATE webhook_subscriptions SET state = $2, state_reason = $3, state_changed_at = now()
       WHERE name = $1 AND state <> $2`,
      [name, state, reason],
    );
  }

  /** @returns false when it is not active any more, or has another URL by now */
  async disable(name: string, url: string, reason: string): Promise<boolean> {
    const disabled = await this.database[SQL].query(
      `UPDATE webhook_subscriptions SET state = 'disabled', state_reason = $3, state_changed_at = now()
       WHERE name = $1 AND url = $2 AND state = 'active' RETURNING name`,
      [name, url, reason],
    );
    return disabled.length > 0;
  }

  /** Deletes one that REST manages; its deliveries are deleted by themselves. */
  async delete(name: string): Promise<void> {
    await this.database[SQL].query(`DELETE FROM webhook_subscriptions WHERE name = $1 AND source = 'api'`, [name]);
  }

  /**
   * Makes the rows of the configuration what it says. States stay as they are.
   * @returns names that a subscription of REST has already; nothing is written then
   */
  async mirrorConfigured(configured: readonly NewWebhookSubscription[]): Promise<string[]> {
    const names = configured.map(({ name }) => name);
    return this.database.transaction(async (connection) => {
      await connection[SQL].query('LOCK TABLE webhook_subscriptions IN SHARE ROW EXCLUSIVE MODE');
      const taken = await connection[SQL].query<{ name: string }>(
        `SELECT name FROM webhook_subscriptions WHERE source = 'api' AND name = ANY ($1::text[])`,
        [names],
      );
      if (taken.length > 0) return taken.map(({ name }) => name);
      for (const each of configured) await mirror(connection, each);
      await connection[SQL].query(
        `DELETE FROM webhook_subscriptions WHERE source = 'configuration' AND NOT name = ANY ($1::text[])`,
        [names],
      );
      return [];
    });
  }
}

async function mirror(connection: Connection, { name, url, events, ordered }: NewWebhookSubscription): Promise<void> {
  await connection[SQL].query(
    `INSERT INTO webhook_subscriptions AS known (name, source, url, events, ordered) VALUES ($1, 'configuration', $2, $3, $4)
     ON CONFLICT (name) DO UPDATE SET url = $2, events = $3, ordered = $4, updated_at = now()
     WHERE (known.url, known.events, known.ordered) IS DISTINCT FROM ($2, $3::text[], $4)`,
    [name, url, events, ordered],
  );
}
