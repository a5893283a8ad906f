import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The state of a station is what was received last, and it was last seen when anything was heard of it (docs/adr/0029). */
export class ReceivedLast implements MigrationInterface {
  readonly name = 'ReceivedLast0000000000008';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE latest_notifications (
        cp_id text NOT NULL,
        -- What is notified of: a connector's status, one variable's events, the security events.
        subject text NOT NULL,
        -- Digest of what the newest notification said; null: it named no time.
        content text,
        -- Digests of what the last ones said and under which message ids, the newest first.
        calls text[] NOT NULL,
        -- The time that the newest one named, where it can be compared with others.
        told_at timestamptz,
        received_at timestamptz NOT NULL,
        PRIMARY KEY (cp_id, subject)
      )`);
    await runner.query('ALTER TABLE connectors ADD COLUMN received_at timestamptz NOT NULL DEFAULT now()');
    await runner.query('UPDATE connectors SET received_at = least(status_at, received_at)');
    await runner.query('ALTER TABLE charge_points ADD COLUMN last_seen_at timestamptz');
    await runner.query('UPDATE charge_points SET last_seen_at = last_boot_at');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE charge_points DROP COLUMN last_seen_at');
    await runner.query('ALTER TABLE connectors DROP COLUMN received_at');
    await runner.query('DROP TABLE latest_notifications');
  }
}
