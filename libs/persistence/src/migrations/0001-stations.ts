import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Stations and their connectors. No foreign keys on what the edge writes: it writes only for stations it has let in,
 * and a lock on the parent row for every message is a price without a buyer.
 */
export class Stations implements MigrationInterface {
  readonly name = 'Stations0000000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE charge_points (
        cp_id text PRIMARY KEY,
        protocol text,
        vendor text,
        model text,
        serial_number text,
        firmware_version text,
        iccid text,
        imsi text,
        registration_status text CHECK (registration_status IN ('Accepted', 'Pending', 'Rejected')),
        security_profile smallint NOT NULL DEFAULT 1 CHECK (security_profile BETWEEN 0 AND 3),
        password_hash text,
        tolerance text CHECK (tolerance IN ('strict', 'lenient')),
        last_boot_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      )`);
    // Identities are case-insensitive (identifierString); the spelling of the registration is kept.
    await runner.query('CREATE UNIQUE INDEX charge_points_identity ON charge_points (lower(cp_id))');
    await runner.query(`
      CREATE TABLE connectors (
        cp_id text NOT NULL,
        evse_id integer NOT NULL,
        connector_id integer NOT NULL,
        status text NOT NULL,
        error_code text,
        info text,
        vendor_id text,
        vendor_error_code text,
        status_at timestamptz NOT NULL,
        PRIMARY KEY (cp_id, evse_id, connector_id)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE connectors');
    await runner.query('DROP TABLE charge_points');
  }
}
