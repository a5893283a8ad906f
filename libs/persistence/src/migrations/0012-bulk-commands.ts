import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One command to many charge points, and what became of it at each (docs/adr/0055). */
export class BulkCommands implements MigrationInterface {
  readonly name = 'BulkCommands0000000000012';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE bulk_commands (
        bulk_id uuid PRIMARY KEY,
        command text NOT NULL,
        request jsonb NOT NULL,
        selection jsonb NOT NULL,
        rate_per_s double precision NOT NULL,
        max_failures integer,
        timeout_s double precision NOT NULL,
        caller text NOT NULL,
        request_id text NOT NULL,
        state text NOT NULL DEFAULT 'running',
        created_at timestamptz NOT NULL DEFAULT now(),
        ended_at timestamptz,
        leased_until timestamptz NOT NULL DEFAULT '-infinity'
      )`);
    await runner.query(`CREATE INDEX bulk_commands_running ON bulk_commands (leased_until) WHERE state = 'running'`);
    await runner.query(`
      CREATE TABLE bulk_command_items (
        bulk_id uuid NOT NULL REFERENCES bulk_commands ON DELETE CASCADE,
        position integer NOT NULL,
        cp_id text NOT NULL,
        state text NOT NULL DEFAULT 'waiting',
        command_id uuid,
        problem text,
        ended_at timestamptz,
        PRIMARY KEY (bulk_id, position)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE bulk_command_items');
    await runner.query('DROP TABLE bulk_commands');
  }
}
