import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Committed and not yet delivered: to Kafka, to the backend. */
export class Outbox implements MigrationInterface {
  readonly name = 'Outbox0000000000003';

  async up(runner: QueryRunner): Promise<void> {
    // Rows live for milliseconds: vacuum by count, or the head of the index fills with dead entries.
    await runner.query(`
      CREATE TABLE outbox (
        id bigserial PRIMARY KEY,
        lane text NOT NULL CHECK (lane IN ('kafka', 'backend', 'kafka-dead', 'backend-dead')),
        destination text NOT NULL,
        cp_id text NOT NULL,
        event_id uuid NOT NULL,
        payload bytea NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      ) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000)`);
    await runner.query('CREATE INDEX outbox_by_lane ON outbox (lane, id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE outbox');
  }
}
