import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is wrong with charge points, and when each was looked at (docs/adr/0072). */
export class Findings implements MigrationInterface {
  readonly name = 'Findings0000000000019';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE findings (
        cp_id text NOT NULL,
        finding text NOT NULL,
        finding_id uuid NOT NULL,
        severity text NOT NULL,
        first_seen_at timestamptz NOT NULL,
        last_seen_at timestamptz NOT NULL,
        count integer NOT NULL,
        details text[] NOT NULL,
        frame_event_ids text[] NOT NULL,
        vendor text,
        model text,
        firmware_version text,
        opened_at timestamptz NOT NULL,
        ended_at timestamptz,
        PRIMARY KEY (cp_id, finding)
      )`);
    await runner.query('CREATE UNIQUE INDEX findings_by_id ON findings (finding_id)');
    await runner.query('CREATE INDEX findings_open ON findings (finding_id) WHERE ended_at IS NULL');
    await runner.query(`
      CREATE TABLE finding_looks (
        cp_id text PRIMARY KEY,
        looked_at timestamptz NOT NULL,
        newest_at timestamptz
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE finding_looks');
    await runner.query('DROP TABLE findings');
  }
}
