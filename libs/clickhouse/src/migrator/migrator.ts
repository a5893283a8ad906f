import { createClient, type ClickHouseClient } from '@clickhouse/client';
import type { ClickHouseTarget } from '../config.ts';
import { ddlFolder, readDdlFiles, type DdlFile } from './ddl-files.ts';
import { MigrationError } from './errors.ts';
import { pendingFiles } from './plan.ts';
import { SchemaTables } from './schema-tables.ts';
import { readViewFiles, viewsFolder } from './view-files.ts';
import { planViews } from './view-plan.ts';

export interface SchemaFolders {
  /** The numbered files. */
  ddl: string;
  /** The repeatable files, one a view. */
  views: string;
}

/** The schema of this build. */
export const schemaFolders: SchemaFolders = { ddl: ddlFolder, views: viewsFolder };

/**
 * Brings the database to the newest DDL and views and returns what was applied. ClickHouse has neither transactions nor
 * locks for DDL: every statement therefore says IF NOT EXISTS or OR REPLACE, so that a file half applied, or applied by
 * two migrators at once, can be applied again.
 */
export async function migrate(target: ClickHouseTarget, folders: SchemaFolders): Promise<string[]> {
  const files = await readDdlFiles(folders.ddl);
  const views = await readViewFiles(folders.views);
  const { database, ...server } = target;
  await using(createClient(server), async (client) => {
    await reach(client, server.url);
    await client.command({ query: 'CREATE DATABASE IF NOT EXISTS {database:Identifier}', query_params: { database } });
  });
  return using(createClient(target), async (client) => {
    const tables = new SchemaTables(client);
    await tables.create();
    const pending = pendingFiles(files, await tables.appliedFiles());
    for (const file of pending) await apply(client, tables, file);
    const { replaced, dropped } = planViews(views, await tables.appliedViews());
    for (const { view, checksum, statement } of replaced) {
      await run(client, statement, `views/${view}.sql`);
      await tables.keepView(view, checksum);
    }
    for (const view of dropped) {
      await run(client, `DROP VIEW IF EXISTS ${view}`, `view ${view}, which has no file any more`);
      await tables.keepView(view, '');
    }
    return [
      ...pending.map((file) => file.name),
      ...replaced.map(({ view }) => `views/${view}.sql`),
      ...dropped.map((view) => `DROP VIEW ${view}`),
    ];
  });
}

async function using<T>(client: ClickHouseClient, use: (client: ClickHouseClient) => Promise<T>): Promise<T> {
  try {
    return await use(client);
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

async function apply(client: ClickHouseClient, tables: SchemaTables, file: DdlFile): Promise<void> {
  for (const [index, query] of file.statements.entries())
    await run(client, query, `${file.name}, statement ${index + 1}`);
  await tables.keepFile(file);
}

async function run(client: ClickHouseClient, query: string, what: string): Promise<void> {
  try {
    await client.command({ query });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MigrationError(`${what}: ${reason}`, { cause });
  }
}
