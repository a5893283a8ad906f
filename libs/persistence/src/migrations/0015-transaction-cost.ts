import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a transaction cost, in the currency that the backend named (docs/adr/0054). */
export class TransactionCost implements MigrationInterface {
  readonly name = 'TransactionCost0000000000015';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE transactions
        ADD COLUMN cost_amount numeric,
        ADD COLUMN cost_currency text`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE transactions DROP COLUMN cost_amount, DROP COLUMN cost_currency');
  }
}
