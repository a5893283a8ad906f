import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Each command from its request to its end (docs/adr/0049). Ids are UUIDv7, so their order is that of the requests. */
export class Commands implements MigrationInterface {
  readonly name = 'Commands0000000000011';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE commands (
        command_id uuid PRIMARY KEY,
        cp_id text NOT NULL,
        command text NOT NULL,
        action text,
        request jsonb NOT NULL,
        caller text NOT NULL,
        request_id text NOT NULL,
        idempotency_key text,
        body_hash text,
        state text NOT NULL DEFAULT 'queued',
        queued_at timestamptz NOT NULL DEFAULT now(),
        deadline timestamptz NOT NULL,
        taken_at timestamptz,
        sent_at timestamptz,
        ended_at timestamptz,
        late boolean NOT NULL DEFAULT false,
        outcome jsonb
      )`);
    await runner.query(`
      CREATE UNIQUE INDEX commands_by_idempotency_key ON commands (caller, idempotency_key)
        WHERE idempotency_key IS NOT NULL`);
    await runner.query('CREATE INDEX commands_of_charge_point ON commands (cp_id, command_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE commands');
  }
}
