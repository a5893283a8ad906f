import { ClickHouseError } from '@clickhouse/client';
import { setTimeout as pause } from 'node:timers/promises';
import { MigrationError } from './errors.ts';
import type { SchemaClient } from './schema-client.ts';

/** A holder that has not renewed for so long is dead. */
export const LEASE_S = 60;

const ASK_AGAIN_MS = 250;

export const LOCK = `CREATE TABLE schema_lock
(
    held UInt8 COMMENT 'Never filled'
)
ENGINE = MergeTree
ORDER BY held
COMMENT 'A migrator is at work'`;

interface Held {
  uuid: string;
  age: number;
}

/**
 * Lets one migrator at a time work on a database. ClickHouse has no locks, but of several who create a table only one
 * succeeds: whoever creates `schema_lock` holds it. Its comment is changed to renew it, and its age is read by the clock
 * of the server.
 */
export class MigrationLock {
  readonly #client: SchemaClient;
  readonly #leaseS: number;
  #uuid = '';
  #renewal: NodeJS.Timeout | undefined;
  #lost: unknown;

  constructor(client: SchemaClient, leaseS = LEASE_S) {
    this.#client = client;
    this.#leaseS = leaseS;
  }

  /** Waits until nobody else holds it, runs `work` and lets it go. */
  async hold<T>(work: () => Promise<T>): Promise<T> {
    await this.#take();
    this.#renewal = setInterval(() => void this.#renew(), (this.#leaseS * 1000) / 4);
    try {
      return await work();
    } finally {
      clearInterval(this.#renewal);
      await this.#release();
    }
  }

  /** @throws MigrationError when somebody else has taken it over, because this migrator did not renew it in time. */
  check(): void {
    if (this.#lost) throw new MigrationError(`lost the turn to migrate: ${String(this.#lost)}`, { cause: this.#lost });
  }

  async #take(): Promise<void> {
    for (;;) {
      if (await this.#created()) break;
      const held = await this.#held();
      if (held && held.age > this.#leaseS) await this.#takeAway(held.uuid);
      else await pause(ASK_AGAIN_MS);
    }
    this.#uuid = (await this.#held())?.uuid ?? '';
  }

  async #created(): Promise<boolean> {
    try {
      await this.#client.command(LOCK);
      return true;
    } catch (error) {
      if (error instanceof ClickHouseError && error.type === 'TABLE_ALREADY_EXISTS') return false;
      throw error;
    }
  }

  async #held(): Promise<Held | undefined> {
    const [held] = await this.#client.rows<Held>(
      `SELECT uuid, toUInt32(now() - metadata_modification_time) AS age FROM system.tables
       WHERE database = currentDatabase() AND name = 'schema_lock'`,
    );
    return held;
  }

  /** The new name holds the id of the dead one, so that of several who take it away only one succeeds. */
  async #takeAway(uuid: string): Promise<void> {
    const away = `schema_lock_${uuid.replaceAll('-', '')}`;
    try {
      await this.#client.command(`RENAME TABLE schema_lock TO ${away}`);
      await this.#client.command(`DROP TABLE IF EXISTS ${away}`);
    } catch (error) {
      const another =
        error instanceof ClickHouseError && ['TABLE_ALREADY_EXISTS', 'UNKNOWN_TABLE'].includes(error.type ?? '');
      if (!another) throw error;
    }
  }

  async #renew(): Promise<void> {
    try {
      if ((await this.#held())?.uuid !== this.#uuid) throw new Error('another migrator holds schema_lock');
      const seenAt = new Date().toISOString();
      await this.#client.command(`ALTER TABLE schema_lock MODIFY COMMENT 'A migrator is at work, seen at ${seenAt}'`);
    } catch (error) {
      this.#lost = error;
    }
  }

  async #release(): Promise<void> {
    if ((await this.#held())?.uuid === this.#uuid) await this.#client.command('DROP TABLE IF EXISTS schema_lock');
  }
}
