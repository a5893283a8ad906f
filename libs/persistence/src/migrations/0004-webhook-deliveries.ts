import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One row for each event and subscription that wants it. */
export class WebhookDeliveries implements MigrationInterface {
  readonly name = 'WebhookDeliveries0000000000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE webhook_deliveries (
        id bigserial PRIMARY KEY,
        subscription text NOT NULL,
        event_id uuid NOT NULL,
        event_type text NOT NULL,
        cp_id text NOT NULL,
        body text NOT NULL,
        recorded_at timestamptz NOT NULL,
        state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'dead')),
        attempts integer NOT NULL DEFAULT 0,
        next_attempt_at timestamptz NOT NULL DEFAULT now(),
        last_error text,
        last_status integer,
        created_at timestamptz NOT NULL DEFAULT now(),
        delivered_at timestamptz,
        CONSTRAINT webhook_deliveries_once UNIQUE (subscription, event_id)
      )`);
    await runner.query(`
      CREATE INDEX webhook_deliveries_due ON webhook_deliveries (subscription, next_attempt_at, id) WHERE state = 'pending'`);
    await runner.query(`
      CREATE INDEX webhook_deliveries_order ON webhook_deliveries (subscription, cp_id, recorded_at, id) WHERE state = 'pending'`);
    await runner.query(`CREATE INDEX webhook_deliveries_dead ON webhook_deliveries (id DESC) WHERE state = 'dead'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE webhook_deliveries');
  }
}
