import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What only 2.0.1 stations tell: their device model, monitors, display, network profiles, and reports in several parts. The
 * station decides here, too; the rows repeat what it said last.
 */
export class DeviceModel implements MigrationInterface {
  readonly name = 'DeviceModel0000000000006';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE device_variables (
        cp_id text NOT NULL,
        component text NOT NULL,
        component_instance text NOT NULL DEFAULT '',
        -- 0: the station; 0 with an EVSE: the EVSE.
        evse_id integer NOT NULL DEFAULT 0,
        connector_id integer NOT NULL DEFAULT 0,
        variable text NOT NULL,
        variable_instance text NOT NULL DEFAULT '',
        attribute_type text NOT NULL CHECK (attribute_type IN ('Actual', 'Target', 'MinSet', 'MaxSet')),
        -- Null: write-only, or none.
        value text,
        mutability text,
        persistent boolean,
        constant boolean,
        -- VariableCharacteristicsType as sent.
        characteristics jsonb,
        reboot_required boolean NOT NULL DEFAULT false,
        seen_at timestamptz NOT NULL
      )`);
    // Names are identifierStrings: case-insensitive.
    await runner.query(`
      CREATE UNIQUE INDEX device_variables_identity ON device_variables
        (cp_id, lower(component), lower(component_instance), evse_id, connector_id, lower(variable),
         lower(variable_instance), attribute_type)`);
    await runner.query(`
      CREATE TABLE variable_monitors (
        cp_id text NOT NULL,
        monitor_id integer NOT NULL,
        component text NOT NULL,
        component_instance text NOT NULL DEFAULT '',
        evse_id integer NOT NULL DEFAULT 0,
        connector_id integer NOT NULL DEFAULT 0,
        variable text NOT NULL,
        variable_instance text NOT NULL DEFAULT '',
        type text NOT NULL,
        value double precision NOT NULL,
        severity integer NOT NULL,
        "transaction" boolean NOT NULL,
        seen_at timestamptz NOT NULL,
        PRIMARY KEY (cp_id, monitor_id)
      )`);
    await runner.query(`
      CREATE TABLE reports (
        cp_id text NOT NULL,
        request_id integer NOT NULL,
        report text NOT NULL CHECK (report IN
          ('DeviceModel', 'Monitoring', 'ChargingProfiles', 'CustomerInformation', 'DisplayMessages')),
        -- That no part comes any more is read from updated_at.
        state text NOT NULL CHECK (state IN ('collecting', 'complete')),
        -- Known once the part with tbc = false is there; null where parts are not numbered.
        last_seq_no integer,
        requested_at timestamptz,
        updated_at timestamptz NOT NULL,
        completed_at timestamptz,
        PRIMARY KEY (cp_id, request_id, report)
      )`);
    await runner.query(`
      CREATE TABLE report_parts (
        cp_id text NOT NULL,
        request_id integer NOT NULL,
        report text NOT NULL,
        -- Parts that are not numbered are numbered as they come, a repetition known by content.
        seq_no integer NOT NULL,
        content_hash text NOT NULL,
        items jsonb NOT NULL,
        generated_at timestamptz NOT NULL,
        recorded_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (cp_id, request_id, report, seq_no)
      )`);
    await runner.query(`
      CREATE TABLE display_messages (
        cp_id text NOT NULL,
        message_id integer NOT NULL,
        -- MessageInfoType as sent.
        message jsonb NOT NULL,
        seen_at timestamptz NOT NULL,
        PRIMARY KEY (cp_id, message_id)
      )`);
    await runner.query(`
      CREATE TABLE network_profiles (
        cp_id text NOT NULL,
        configuration_slot integer NOT NULL,
        -- NetworkConnectionProfileType without its secrets.
        connection jsonb NOT NULL,
        set_at timestamptz NOT NULL,
        PRIMARY KEY (cp_id, configuration_slot)
      )`);
    await runner.query(`
      CREATE TABLE charging_limits (
        cp_id text NOT NULL,
        evse_id integer NOT NULL,
        source text NOT NULL,
        grid_critical boolean,
        schedules jsonb,
        set_at timestamptz NOT NULL,
        PRIMARY KEY (cp_id, evse_id, source)
      )`);
    await runner.query(`
      CREATE TABLE firmware_publications (
        cp_id text NOT NULL,
        request_id integer NOT NULL,
        location text,
        checksum text,
        status text,
        locations text[] NOT NULL DEFAULT '{}',
        requested_at timestamptz,
        status_at timestamptz,
        unpublished_at timestamptz,
        PRIMARY KEY (cp_id, request_id)
      )`);
    await runner.query(`
      ALTER TABLE charging_profiles
        -- Who set it: CSO is us; EMS, SO, Other as the station reports.
        ADD COLUMN source text NOT NULL DEFAULT 'CSO',
        ADD COLUMN alternatives jsonb`);
    await runner.query('ALTER TABLE certificate_signings ADD COLUMN certificate_type text');
    await runner.query(`
      ALTER TABLE reservations
        ADD COLUMN connector_type text,
        DROP CONSTRAINT reservations_state_check,
        ADD CONSTRAINT reservations_state_check
          CHECK (state IN ('active', 'used', 'cancelled', 'ended_by_station'))`);
    await runner.query(`
      ALTER TABLE transactions
        ADD COLUMN total_cost double precision,
        ADD COLUMN total_cost_seq bigint,
        -- The latest time that an event of it told.
        ADD COLUMN last_event_at timestamptz,
        -- Told by GetTransactionStatus: whether the station still holds messages of it.
        ADD COLUMN messages_in_queue boolean,
        -- No missing seqNo will ever come.
        ADD COLUMN gaps_final boolean NOT NULL DEFAULT false,
        -- Ended, and told as ended, by GetTransactionStatus: an Ended that comes after all ends nothing anew.
        ADD COLUMN end_inferred boolean NOT NULL DEFAULT false`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE transactions
        DROP COLUMN total_cost, DROP COLUMN total_cost_seq, DROP COLUMN last_event_at, DROP COLUMN messages_in_queue,
        DROP COLUMN gaps_final, DROP COLUMN end_inferred`);
    await runner.query(`DELETE FROM reservations WHERE state = 'ended_by_station'`);
    await runner.query(`
      ALTER TABLE reservations
        DROP COLUMN connector_type,
        DROP CONSTRAINT reservations_state_check,
        ADD CONSTRAINT reservations_state_check CHECK (state IN ('active', 'used', 'cancelled'))`);
    await runner.query('ALTER TABLE certificate_signings DROP COLUMN certificate_type');
    await runner.query('ALTER TABLE charging_profiles DROP COLUMN source, DROP COLUMN alternatives');
    for (const table of [
      'firmware_publications',
      'charging_limits',
      'network_profiles',
      'display_messages',
      'report_parts',
      'reports',
      'variable_monitors',
      'device_variables',
    ])
      await runner.query(`DROP TABLE ${table}`);
  }
}
