import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Webhook subscriptions, their tests, and an index by which the log of a subscription is read (docs/adr/0053). The index is built while
 * dispatchers write, so the tables are made in a way that can be repeated.
 */
export class Webhooks implements MigrationInterface {
  readonly name = 'Webhooks0000000000013';
  /** CONCURRENTLY is not possible in a transaction. */
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE IF NOT EXISTS webhook_subscriptions (
        name text PRIMARY KEY,
        source text NOT NULL CHECK (source IN ('api', 'configuration')),
        url text NOT NULL,
        events text[] NOT NULL,
        ordered boolean NOT NULL DEFAULT true,
        secret text,
        previous_secret text,
        previous_secret_until timestamptz,
        state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'paused', 'disabled')),
        state_reason text,
        state_changed_at timestamptz NOT NULL DEFAULT now(),
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query(`
      CREATE TABLE IF NOT EXISTS webhook_tests (
        id uuid PRIMARY KEY,
        subscription text NOT NULL,
        requested_at timestamptz NOT NULL DEFAULT now(),
        taken_at timestamptz,
        ended_at timestamptz,
        status integer,
        error text,
        duration_ms integer
      )`);
    // The build waits for transactions that were begun before it, however long they take.
    await runner.query('SET lock_timeout = 0');
    try {
      // A build that was interrupted leaves an index that is not valid.
      await runner.query('DROP INDEX CONCURRENTLY IF EXISTS webhook_deliveries_log');
      await runner.query('CREATE INDEX CONCURRENTLY webhook_deliveries_log ON webhook_deliveries (subscription, id)');
    } finally {
      await runner.query('RESET lock_timeout');
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX webhook_deliveries_log');
    await runner.query('DROP TABLE webhook_tests');
    await runner.query('DROP TABLE webhook_subscriptions');
  }
}
