import { setTimeout as pause } from 'node:timers/promises';
import { conditionsOf } from './condition.ts';
import { MigrationError } from './errors.ts';
import type { SchemaClient } from './schema-client.ts';

const ASK_AGAIN_MS = 200;

/** Moving the rows of a large table takes hours, in which the server sends headers to show that it is alive. */
export const LONG_REQUEST = {
  request_timeout: 24 * 3_600_000,
  clickhouse_settings: { send_progress_in_http_headers: 1, http_headers_progress_interval_ms: '20000' },
} as const;

/** Runs the statements of the schema, as their conditions say. */
export class StatementRunner {
  readonly #client: SchemaClient;
  readonly #check: () => void;

  /** `check` throws when the migrator must not go on. */
  constructor(client: SchemaClient, check: () => void) {
    this.#client = client;
    this.#check = check;
  }

  /** @throws MigrationError that names `what` when ClickHouse refuses it. */
  async run(statement: string, what: string): Promise<void> {
    this.#check();
    try {
      const { skipIf, waitUntil } = conditionsOf(statement);
      for (const query of skipIf) if ((await this.#client.number(query)) !== 0) return;
      for (const query of waitUntil)
        while ((await this.#client.number(query)) === 0) {
          await pause(ASK_AGAIN_MS);
          this.#check();
        }
      await this.#client.command(statement);
    } catch (cause) {
      if (cause instanceof MigrationError) throw cause;
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new MigrationError(`${what}: ${reason}`, { cause });
    }
  }
}
