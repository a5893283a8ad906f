import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is updated again and again. A row of `transactions` has some 1.7 kB, so that a page holds three and a new version of one. */
const TABLES = ['transactions', 'transaction_ledgers', 'connectors', 'latest_notifications', 'charge_points'];

/**
 * Room in each page for new versions of its rows: an update that stays in the page leaves the indexes alone, and
 * `transactions` has a dozen. Pages that exist stay as they are.
 */
export class RoomForUpdates implements MigrationInterface {
  readonly name = 'RoomForUpdates0000000000020';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`ALTER TABLE ${table} SET (fillfactor = 70)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`ALTER TABLE ${table} RESET (fillfactor)`);
  }
}
