import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The charge points whose frames are recorded for a time (docs/adr/0070). */
export class RecordedChargePoints implements MigrationInterface {
  readonly name = 'RecordedChargePoints0000000000018';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE charge_points ADD COLUMN recorded_until timestamptz');
    await runner.query(
      'CREATE INDEX charge_points_recorded ON charge_points (recorded_until) WHERE recorded_until IS NOT NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE charge_points DROP COLUMN recorded_until');
  }
}
