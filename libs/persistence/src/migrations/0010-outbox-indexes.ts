import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Indexes of the outbox by shard. They are built while pods write: a long outbox keeps nobody waiting (docs/adr/0038). */
export class OutboxIndexes implements MigrationInterface {
  readonly name = 'OutboxIndexes0000000000010';
  /** CONCURRENTLY is not possible in a transaction. */
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    // The build waits for transactions that were begun before it, however long they take.
    await runner.query('SET lock_timeout = 0');
    try {
      await build(runner, 'outbox_by_shard', '(lane, (hashtext(cp_id) & 15), id) WHERE NOT held');
      await build(runner, 'outbox_held', '(cp_id, id) WHERE held');
    } finally {
      await runner.query('RESET lock_timeout');
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX outbox_held');
    await runner.query('DROP INDEX outbox_by_shard');
  }
}

/** A build that was interrupted leaves an index that is not valid. */
async function build(runner: QueryRunner, name: string, of: string): Promise<void> {
  await runner.query(`DROP INDEX CONCURRENTLY IF EXISTS ${name}`);
  await runner.query(`CREATE INDEX CONCURRENTLY ${name} ON outbox ${of}`);
}
