import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tags of charge points, and those that are retired (docs/adr/0050). The index is built while pods write. */
export class ManagedChargePoints implements MigrationInterface {
  readonly name = 'ManagedChargePoints0000000000014';
  /** CONCURRENTLY is not possible in a transaction. */
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE charge_points
        ADD COLUMN IF NOT EXISTS tags jsonb NOT NULL DEFAULT '{}',
        ADD COLUMN IF NOT EXISTS retired_at timestamptz`);
    // The build waits for transactions that were begun before it, however long they take.
    await runner.query('SET lock_timeout = 0');
    try {
      // A build that was interrupted leaves an index that is not valid.
      await runner.query('DROP INDEX CONCURRENTLY IF EXISTS charge_points_by_tag');
      await runner.query(
        'CREATE INDEX CONCURRENTLY charge_points_by_tag ON charge_points USING gin (tags jsonb_path_ops)',
      );
    } finally {
      await runner.query('RESET lock_timeout');
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX charge_points_by_tag');
    await runner.query('ALTER TABLE charge_points DROP COLUMN tags, DROP COLUMN retired_at');
  }
}
