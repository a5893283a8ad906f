import { createClient, type ClickHouseClient } from '@clickhouse/client';
import type { ClickHouseTarget } from '../config.ts';
import { readDdlFiles, type DdlFile } from './ddl-files.ts';
import { MigrationError } from './errors.ts';
import { pendingFiles, type AppliedFile } from './plan.ts';

const SCHEMA_MIGRATIONS = `
CREATE TABLE IF NOT EXISTS schema_migrations
(
    version UInt32 COMMENT 'Number of the file',
    name String COMMENT 'File name',
    checksum String COMMENT 'SHA-256 of the file',
    applied_at DateTime64(3, 'UTC') DEFAULT now64(3) COMMENT 'When it was applied'
)
ENGINE = ReplacingMergeTree
ORDER BY version
COMMENT 'DDL files applied to this database'`;

/**
 * Brings the database to the newest DDL and returns the names of the files applied. ClickHouse has neither transactions
 * nor locks for DDL: every statement therefore says IF NOT EXISTS or OR REPLACE, so that a file half applied, or applied
 * by two migrators at once, can be applied again.
 */
export async function migrate(target: ClickHouseTarget, folder: string): Promise<string[]> {
  const files = await readDdlFiles(folder);
  const { database, ...server } = target;
  await using(createClient(server), async (client) => {
    await reach(client, server.url);
    await client.command({ query: 'CREATE DATABASE IF NOT EXISTS {database:Identifier}', query_params: { database } });
  });
  return using(createClient(target), async (client) => {
    await client.command({ query: SCHEMA_MIGRATIONS });
    const pending = pendingFiles(files, await appliedFiles(client));
    for (const file of pending) await apply(client, file);
    return pending.map((file) => file.name);
  });
}

async function using<T>(client: ClickHouseClient, run: (client: ClickHouseClient) => Promise<T>): Promise<T> {
  try {
    return await run(client);
  } finally {
    await client.close();
  }
}

async function reach(client: ClickHouseClient, url: string): Promise<void> {
  const ping = await client.ping({ select: true });
  if (ping.success) return;
  // Node reports "connection refused" on several addresses as an error without a message.
  const why = ping.error.message || ('code' in ping.error ? String(ping.error.code) : ping.error.name);
  const { origin } = new URL(url);
  throw new MigrationError(
    `no answer from ClickHouse at ${origin} (${why}): check EVEYS_OCPP_CLICKHOUSE_URL, _USERNAME and _PASSWORD`,
  );
}

async function appliedFiles(client: ClickHouseClient): Promise<AppliedFile[]> {
  const result = await client.query({
    query: 'SELECT version, name, checksum FROM schema_migrations FINAL ORDER BY version',
    format: 'JSONEachRow',
  });
  return result.json<AppliedFile>();
}

async function apply(client: ClickHouseClient, file: DdlFile): Promise<void> {
  for (const [index, query] of file.statements.entries()) {
    try {
      await client.command({ query });
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new MigrationError(`${file.name}, statement ${index + 1}: ${reason}`, { cause });
    }
  }
  const { version, name, checksum } = file;
  await client.insert({ table: 'schema_migrations', values: [{ version, name, checksum }], format: 'JSONEachRow' });
}
