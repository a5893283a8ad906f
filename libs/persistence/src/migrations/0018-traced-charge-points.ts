import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The charge points whose frames are recorded for a time (docs/adr/0070). */
export class TracedChargePoints implements MigrationInterface {
  readonly name = 'TracedChargePoints0000000000018';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE charge_points ADD COLUMN traced_until timestamptz');
    await runner.query(
      'CREATE INDEX charge_points_traced ON charge_points (traced_until) WHERE traced_until IS NOT NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE charge_points DROP COLUMN traced_until');
  }
}
