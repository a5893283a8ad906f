import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Transactions of both versions in one table. The columns ending in `_seq` say which event a value came from, so that
 * 2.0.1 events can be merged in any order; `start_*` is the natural key of a 1.6 StartTransaction, its numbers unbounded
 * as the schemas leave them.
 */
export class Transactions implements MigrationInterface {
  readonly name = 'Transactions0000000000002';

  async up(runner: QueryRunner): Promise<void> {
    // int32 because chargers store 32 bits (1.6); no cycle: an id given twice would mix up two bills.
    await runner.query('CREATE SEQUENCE transaction_number AS integer MINVALUE 1 START WITH 1 NO CYCLE');
    await runner.query(`
      CREATE TABLE transactions (
        id bigserial PRIMARY KEY,
        cp_id text NOT NULL,
        protocol text NOT NULL,
        transaction_id text NOT NULL,
        state text NOT NULL CHECK (state IN ('active', 'ended')),
        start_seen boolean NOT NULL,
        evse_id integer NOT NULL,
        connector_id integer NOT NULL,
        id_token text,
        id_token_type text,
        id_token_status text,
        id_token_seq bigint,
        started_at timestamptz NOT NULL,
        started_seq bigint,
        ended_at timestamptz,
        ended_seq bigint,
        meter_start_wh double precision,
        meter_start_seq bigint,
        meter_last_wh double precision,
        meter_last_seq bigint,
        stop_reason text,
        charging_state text,
        charging_state_seq bigint,
        remote_start_id integer,
        reservation_id integer,
        seen_seq_nos int8multirange NOT NULL DEFAULT '{}',
        start_connector_id numeric,
        start_id_tag text,
        start_timestamp text,
        start_meter numeric,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT transactions_identity UNIQUE (cp_id, transaction_id)
      )`);
    await runner.query(`
      CREATE UNIQUE INDEX transactions_natural_key
      ON transactions (cp_id, start_connector_id, lower(start_id_tag), start_timestamp, start_meter)
      WHERE start_timestamp IS NOT NULL`);
    await runner.query('CREATE INDEX transactions_by_time ON transactions (started_at DESC, id DESC)');
    await runner.query('CREATE INDEX transactions_by_station ON transactions (cp_id, started_at DESC, id DESC)');
    await runner.query(`CREATE INDEX transactions_active ON transactions (cp_id) WHERE state = 'active'`);
    await runner.query(`
      CREATE TABLE transaction_events (
        cp_id text NOT NULL,
        transaction_id text NOT NULL,
        seq_no bigint NOT NULL,
        -- A station that uses one seqNo for two different events loses neither.
        content_hash text NOT NULL,
        event_type text NOT NULL CHECK (event_type IN ('Started', 'Updated', 'Ended')),
        recorded_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (cp_id, transaction_id, seq_no, content_hash)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE transaction_events');
    await runner.query('DROP TABLE transactions');
    await runner.query('DROP SEQUENCE transaction_number');
  }
}
