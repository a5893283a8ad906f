import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The outbox is read by shard, and chargers whose calls failed wait without being read (docs/adr/0038). */
export class OutboxShards implements MigrationInterface {
  readonly name = 'OutboxShards0000000000009';

  async up(runner: QueryRunner): Promise<void> {
    // True while the row waits for the time at which its charger is tried again.
    await runner.query('ALTER TABLE outbox ADD COLUMN held boolean NOT NULL DEFAULT false');
    // Removed rows are all there is to clean: at once where it is due, not spread over time.
    await runner.query('ALTER TABLE outbox SET (autovacuum_vacuum_cost_delay = 0)');
    // Chargers whose call the backend did not take. A charger that has held rows is in it.
    await runner.query(`
      CREATE TABLE outbox_retries (
        cp_id text PRIMARY KEY,
        failures integer NOT NULL,
        due_at timestamptz NOT NULL
      ) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000)`);
    await runner.query('CREATE INDEX outbox_retries_by_shard ON outbox_retries ((hashtext(cp_id) & 15), due_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE outbox_retries');
    await runner.query('ALTER TABLE outbox RESET (autovacuum_vacuum_cost_delay)');
    await runner.query('ALTER TABLE outbox DROP COLUMN held');
  }
}
