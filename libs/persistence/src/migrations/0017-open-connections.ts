import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The connections that are open, the instances of ws-edge that hold them, and the time zones of charge points (docs/adr/0062). */
export class OpenConnections implements MigrationInterface {
  readonly name = 'OpenConnections0000000000017';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE edge_instances (
        instance_id uuid PRIMARY KEY,
        pod text NOT NULL,
        alive_at timestamptz NOT NULL
      ) WITH (fillfactor = 50)`);
    await runner.query(`
      CREATE TABLE open_connections (
        connection_id text PRIMARY KEY,
        cp_id text NOT NULL,
        protocol text NOT NULL,
        remote_address text NOT NULL,
        instance_id uuid NOT NULL,
        opened_at timestamptz NOT NULL,
        heard_at timestamptz
      )`);
    await runner.query('CREATE INDEX open_connections_by_instance ON open_connections (instance_id)');
    await runner.query('ALTER TABLE charge_points ADD COLUMN time_zone text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE charge_points DROP COLUMN time_zone');
    await runner.query('DROP TABLE open_connections');
    await runner.query('DROP TABLE edge_instances');
  }
}
