import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What may be wrong with a transaction (docs/registers.md). A row of before has no flag until it is written again. */
export class SessionQuality implements MigrationInterface {
  readonly name = 'SessionQuality0000000000016';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE transactions
        ADD COLUMN quality text[] NOT NULL DEFAULT '{}',
        ADD COLUMN clock_skew_seconds integer`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE transactions DROP COLUMN quality, DROP COLUMN clock_skew_seconds');
  }
}
