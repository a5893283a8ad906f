import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Which transaction a message means is decided in code, by all that is known of a charge point's transactions; a row repeats
 * what was decided, and `ledger` is what the next decision needs. The older bookkeeping columns (`*_seq`, `start_*`) are read
 * of rows from before, and no longer written.
 */
export class TransactionLedgers implements MigrationInterface {
  readonly name = 'TransactionLedgers0000000000007';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE transaction_ledgers (
        cp_id text PRIMARY KEY,
        -- Grows with each write of the charge point's transactions: a decision based on an older one is made anew.
        version bigint NOT NULL,
        -- Accepted, and no transaction has followed yet (1.6).
        remote_starts jsonb NOT NULL DEFAULT '[]'
      )`);
    await runner.query(`
      ALTER TABLE transactions
        -- Null: the same as transaction_id, written by an older build.
        ADD COLUMN station_transaction_id text,
        ADD COLUMN revision integer NOT NULL DEFAULT 1,
        ADD COLUMN end_inference text,
        ADD COLUMN energy_wh double precision,
        ADD COLUMN energy_reason text,
        ADD COLUMN suspect_since timestamptz,
        ADD COLUMN suspect_reason text,
        ADD COLUMN last_heard_at timestamptz,
        ADD COLUMN unassigned_reason text,
        ADD COLUMN assigned_to text,
        ADD COLUMN ledger jsonb`);
    await runner.query(`
      UPDATE transactions SET
        station_transaction_id = transaction_id,
        last_heard_at = updated_at,
        end_inference = CASE WHEN end_inferred THEN 'status_answer' END,
        energy_wh = CASE WHEN meter_last_wh >= meter_start_wh
          AND NOT (meter_start_seq IS NOT DISTINCT FROM meter_last_seq AND meter_start_seq IS NOT NULL AND meter_start_wh = meter_last_wh)
          THEN meter_last_wh - meter_start_wh END,
        unassigned_reason = CASE WHEN state = 'ended' AND NOT start_seen AND protocol = 'ocpp1.6' THEN 'no_transaction_fits' END`);
    await runner.query(`
      UPDATE transactions SET energy_reason = CASE
          WHEN energy_wh IS NOT NULL THEN NULL
          WHEN meter_start_wh IS NULL AND meter_last_wh IS NULL THEN 'no_register'
          WHEN meter_start_wh IS NULL THEN 'no_start_register'
          WHEN meter_last_wh IS NULL THEN 'no_end_register'
          WHEN meter_last_wh < meter_start_wh THEN 'register_fell'
          ELSE 'one_reading' END
      WHERE state = 'ended'`);
    // A clock that starts anew at each power-up says the same start again, of another transaction.
    await runner.query('DROP INDEX transactions_natural_key');
    await runner.query(`
      CREATE INDEX transactions_natural_key
      ON transactions (cp_id, start_connector_id, lower(start_id_tag), start_timestamp, start_meter)
      WHERE start_timestamp IS NOT NULL`);
    await runner.query('CREATE INDEX transactions_by_station_id ON transactions (cp_id, station_transaction_id)');
    await runner.query(`
      CREATE INDEX transactions_suspect ON transactions (suspect_since) WHERE suspect_since IS NOT NULL`);
    await runner.query(`
      CREATE INDEX transactions_unassigned ON transactions (started_at DESC, id DESC) WHERE unassigned_reason IS NOT NULL`);
    await runner.query(`
      CREATE INDEX transactions_by_remote_start ON transactions (remote_start_id) WHERE remote_start_id IS NOT NULL`);
    await runner.query(`
      CREATE INDEX transactions_by_reservation ON transactions (reservation_id) WHERE reservation_id IS NOT NULL`);
    await runner.query(
      'CREATE INDEX transactions_by_token ON transactions (lower(id_token), started_at DESC, id DESC)',
    );
    await runner.query(`
      CREATE TABLE transaction_audits (
        id bigserial PRIMARY KEY,
        at timestamptz NOT NULL DEFAULT now(),
        -- Name of the token that asked.
        by text NOT NULL,
        cp_id text NOT NULL,
        transaction_id text NOT NULL,
        action text NOT NULL CHECK (action IN ('end', 'assign')),
        request jsonb NOT NULL
      )`);
    await runner.query('CREATE INDEX transaction_audits_by_transaction ON transaction_audits (cp_id, transaction_id)');
    await runner.query(`
      ALTER TABLE transaction_events
        -- What the message said, to decide anew when an earlier one comes late.
        ADD COLUMN facts jsonb`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE transaction_events DROP COLUMN facts');
    for (const index of [
      'by_token',
      'by_reservation',
      'by_remote_start',
      'unassigned',
      'suspect',
      'by_station_id',
      'natural_key',
    ])
      await runner.query(`DROP INDEX transactions_${index}`);
    // Where two starts share a key the later one keeps it, as an older build asks for one.
    await runner.query(`
      UPDATE transactions SET start_timestamp = NULL
      FROM transactions later
      WHERE later.cp_id = transactions.cp_id AND later.id > transactions.id
        AND later.start_connector_id = transactions.start_connector_id
        AND lower(later.start_id_tag) = lower(transactions.start_id_tag)
        AND later.start_timestamp = transactions.start_timestamp AND later.start_meter = transactions.start_meter`);
    await runner.query(`
      CREATE UNIQUE INDEX transactions_natural_key
      ON transactions (cp_id, start_connector_id, lower(start_id_tag), start_timestamp, start_meter)
      WHERE start_timestamp IS NOT NULL`);
    await runner.query(`
      ALTER TABLE transactions
        DROP COLUMN station_transaction_id, DROP COLUMN revision, DROP COLUMN end_inference, DROP COLUMN energy_wh,
        DROP COLUMN energy_reason, DROP COLUMN suspect_since, DROP COLUMN suspect_reason, DROP COLUMN last_heard_at,
        DROP COLUMN unassigned_reason, DROP COLUMN assigned_to, DROP COLUMN ledger`);
    await runner.query('DROP TABLE transaction_audits');
    await runner.query('DROP TABLE transaction_ledgers');
  }
}
