import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What stations were asked to do and took: reservations, charging profiles, configuration, certificates and the like. The
 * station decides; these rows repeat what it said last.
 */
export class Mirror implements MigrationInterface {
  readonly name = 'Mirror0000000000005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE charge_points
        -- Offers no subprotocol and means 1.6 (notes 4.11).
        ADD COLUMN assume_ocpp16 boolean NOT NULL DEFAULT false,
        -- Some firmware drops the link on a ping (notes 4.20).
        ADD COLUMN server_ping boolean NOT NULL DEFAULT true,
        -- On its way to the station: opens the door beside the old one until the station has used it.
        ADD COLUMN offered_password_hash text,
        ADD COLUMN offered_security_profile smallint CHECK (offered_security_profile BETWEEN 0 AND 3)`);
    // Profile 0 asks for nothing now: where a password was asked for, it goes on being asked for.
    await runner.query(
      'UPDATE charge_points SET security_profile = 1 WHERE security_profile = 0 AND password_hash IS NOT NULL',
    );
    await runner.query(`
      ALTER TABLE transactions
        -- False: the charger's clock was not set, and the same key may come again for another transaction once this one ended.
        ADD COLUMN start_key_lasts boolean NOT NULL DEFAULT true`);
    await runner.query(`
      CREATE TABLE reservations (
        cp_id text NOT NULL,
        reservation_id integer NOT NULL,
        evse_id integer NOT NULL,
        id_token text NOT NULL,
        group_id_token text,
        expires_at timestamptz NOT NULL,
        -- That it has expired is read from expires_at.
        state text NOT NULL CHECK (state IN ('active', 'used', 'cancelled')),
        transaction_id text,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (cp_id, reservation_id)
      )`);
    await runner.query(`
      CREATE TABLE charging_profiles (
        cp_id text NOT NULL,
        evse_id integer NOT NULL,
        charging_profile_id integer NOT NULL,
        stack_level integer NOT NULL,
        purpose text NOT NULL,
        kind text NOT NULL,
        recurrency_kind text,
        valid_from timestamptz,
        valid_to timestamptz,
        transaction_id text,
        schedule jsonb NOT NULL,
        set_at timestamptz NOT NULL,
        PRIMARY KEY (cp_id, charging_profile_id)
      )`);
    await runner.query('CREATE INDEX charging_profiles_by_evse ON charging_profiles (cp_id, evse_id)');
    await runner.query(`
      CREATE TABLE local_lists (
        cp_id text PRIMARY KEY,
        -- -1: the station keeps none; 0: empty.
        version integer NOT NULL,
        updated_at timestamptz NOT NULL
      )`);
    await runner.query(`
      CREATE TABLE configuration_keys (
        cp_id text NOT NULL,
        key text NOT NULL,
        -- Null: write-only, or none.
        value text,
        readonly boolean,
        reboot_required boolean NOT NULL DEFAULT false,
        seen_at timestamptz NOT NULL
      )`);
    // CiString50Type: keys compare case-insensitively.
    await runner.query('CREATE UNIQUE INDEX configuration_keys_identity ON configuration_keys (cp_id, lower(key))');
    await runner.query(`
      CREATE TABLE availability (
        cp_id text NOT NULL,
        evse_id integer NOT NULL,
        connector_id integer NOT NULL,
        operative boolean NOT NULL,
        scheduled boolean NOT NULL,
        changed_at timestamptz NOT NULL,
        PRIMARY KEY (cp_id, evse_id, connector_id)
      )`);
    await runner.query(`
      CREATE TABLE firmware_updates (
        id bigserial PRIMARY KEY,
        cp_id text NOT NULL,
        -- Null: asked for without one (1.6 UpdateFirmware), or told of without having been asked for.
        request_id integer,
        signed boolean NOT NULL,
        location text,
        retrieve_at timestamptz,
        install_at timestamptz,
        requested_at timestamptz,
        status text,
        status_at timestamptz
      )`);
    await runner.query('CREATE INDEX firmware_updates_by_station ON firmware_updates (cp_id, id DESC)');
    await runner.query(`
      CREATE UNIQUE INDEX firmware_updates_request ON firmware_updates (cp_id, request_id) WHERE request_id IS NOT NULL`);
    await runner.query(`
      CREATE TABLE log_uploads (
        id bigserial PRIMARY KEY,
        cp_id text NOT NULL,
        log_type text NOT NULL CHECK (log_type IN ('Diagnostics', 'DiagnosticsLog', 'SecurityLog', 'Unknown')),
        request_id integer,
        location text,
        oldest timestamptz,
        latest timestamptz,
        file_name text,
        requested_at timestamptz,
        status text,
        status_at timestamptz
      )`);
    await runner.query('CREATE INDEX log_uploads_by_station ON log_uploads (cp_id, id DESC)');
    await runner.query(`
      CREATE UNIQUE INDEX log_uploads_request ON log_uploads (cp_id, request_id) WHERE request_id IS NOT NULL`);
    await runner.query(`
      CREATE TABLE installed_certificates (
        cp_id text NOT NULL,
        certificate_type text NOT NULL,
        hash_algorithm text NOT NULL,
        issuer_name_hash text NOT NULL,
        issuer_key_hash text NOT NULL,
        serial_number text NOT NULL,
        -- Known where the gateway installed it.
        certificate text,
        seen_at timestamptz NOT NULL
      )`);
    await runner.query(`
      CREATE UNIQUE INDEX installed_certificates_identity ON installed_certificates
        (cp_id, certificate_type, hash_algorithm, lower(issuer_name_hash), lower(issuer_key_hash),
         lower(serial_number))`);
    await runner.query(`
      CREATE TABLE certificate_signings (
        id bigserial PRIMARY KEY,
        cp_id text NOT NULL,
        csr text NOT NULL,
        -- sha256 of csr, hex: a request that is repeated is the same request.
        csr_hash text NOT NULL,
        -- SubjectPublicKeyInfo, PEM; null where the request was refused.
        public_key text,
        common_name text,
        refusal text,
        -- requested: waits for CertificateSigned; accepted, rejected: the station's word on it; refused: ours on the request.
        state text NOT NULL CHECK (state IN ('requested', 'refused', 'accepted', 'rejected')),
        certificate_chain text,
        requested_at timestamptz NOT NULL,
        settled_at timestamptz,
        CONSTRAINT certificate_signings_once UNIQUE (cp_id, csr_hash)
      )`);
    // 1.6 ConcurrentTx: the token of every start is looked for in all stations.
    await runner.query(`
      CREATE INDEX transactions_active_token ON transactions (lower(id_token)) WHERE state = 'active'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX transactions_active_token');
    for (const table of [
      'certificate_signings',
      'installed_certificates',
      'log_uploads',
      'firmware_updates',
      'availability',
      'configuration_keys',
      'local_lists',
      'charging_profiles',
      'reservations',
    ])
      await runner.query(`DROP TABLE ${table}`);
    await runner.query('ALTER TABLE transactions DROP COLUMN start_key_lasts');
    await runner.query(`
      ALTER TABLE charge_points
        DROP COLUMN assume_ocpp16, DROP COLUMN server_ping, DROP COLUMN offered_password_hash,
        DROP COLUMN offered_security_profile`);
  }
}
