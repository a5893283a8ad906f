import type { Database } from './database.ts';
import { SQL } from './sql.ts';
import { selectBut, type RecordOf } from './tables/record.ts';

/** A test that nobody took within this time is not sent any more, seconds. */
const TAKEN_WITHIN_S = 10;

export type WebhookTestRecord = RecordOf<'webhook_tests'>;

export interface WebhookTestOutcome {
  status: number | null;
  error: string | null;
  durationMs: number;
}

/** Messages that operators ask for to try a webhook. The dispatcher sends them: it holds the secrets and may reach receivers. */
export class WebhookTests {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  async request(id: string, subscription: string): Promise<void> {
    await this.database[SQL].query('INSERT INTO webhook_tests (id, subscription) VALUES ($1, $2)', [id, subscription]);
  }

  async get(id: string): Promise<WebhookTestRecord | null> {
    const [found] = await this.database[SQL].query<WebhookTestRecord>(
      `SELECT ${selectBut('webhook_tests', [])} FROM webhook_tests WHERE id = $1`,
      [id],
    );
    return found ?? null;
  }

  /** Takes what has been requested. No other dispatcher gets the same. */
  async take(limit: number): Promise<{ id: string; subscription: string }[]> {
    return this.database[SQL].query(
      `UPDATE webhook_tests SET taken_at = now() WHERE id IN (
         SELECT id FROM webhook_tests
         WHERE taken_at IS NULL AND requested_at > now() - interval '${TAKEN_WITHIN_S} seconds'
         ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED)
       RETURNING id, subscription`,
      [limit],
    );
  }

  async finish(id: string, { status, error, durationMs }: WebhookTestOutcome): Promise<void> {
    await this.database[SQL].query(
      'UPDATE webhook_tests SET ended_at = now(), status = $2, error = $3, duration_ms = $4 WHERE id = $1',
      [id, status, error, durationMs],
    );
  }

  async deleteOld(before: Date): Promise<void> {
    await this.database[SQL].query('DELETE FROM webhook_tests WHERE requested_at < $1', [before]);
  }
}
