import { createClient, type ClickHouseClient } from '@clickhouse/client';
import type { Cluster } from '../cluster/on-cluster.ts';
import type { ClickHouseTarget } from '../config.ts';
import { ddlFolder, readDdlFiles, type DdlFile } from './ddl-files.ts';
import { MigrationError } from './errors.ts';
import { pendingFiles } from './plan.ts';
import { MigrationLock } from './migration-lock.ts';
import { SchemaClient } from './schema-client.ts';
import { SchemaTables } from './schema-tables.ts';
import { LONG_REQUEST, StatementRunner } from './statement-runner.ts';
import { readViewFiles, viewsFolder, viewsIn, type ViewFile } from './view-files.ts';
import { planViews } from './view-plan.ts';

export interface SchemaFolders {
  /** The numbered files. */
  ddl: string;
  /** The repeatable files, one a view. */
  views: string;
}

/** The schema of this build. */
export const schemaFolders: SchemaFolders = { ddl: ddlFolder, views: viewsFolder };

export interface MigrationWishes {
  cluster?: Cluster | undefined;
  /** For how many days recorded frames are kept; as it is unless given. */
  messageDays?: number;
}

/**
 * Brings the database to the newest DDL and views and returns what was applied. ClickHouse has no transactions for DDL:
 * every statement therefore says IF NOT EXISTS or OR REPLACE, or has a condition, so that a file half applied can be
 * applied again. Of several migrators one works and the others wait.
 */
export async function migrate(
  target: ClickHouseTarget,
  folders: SchemaFolders,
  { cluster, messageDays }: MigrationWishes = {},
): Promise<string[]> {
  const files = await readDdlFiles(folders.ddl);
  const { database, ...server } = target;
  const views = viewsIn(database, await readViewFiles(folders.views));
  await using(createClient(server), async (client) => {
    await reach(client, server.url);
    await new SchemaClient(client, cluster).command('CREATE DATABASE IF NOT EXISTS {database:Identifier}', {
      database,
    });
  });
  return using(createClient({ ...target, ...LONG_REQUEST }), async (connection) => {
    const client = new SchemaClient(connection, cluster);
    const lock = new MigrationLock(client);
    return lock.hold(async () => [
      ...(await bring(new SchemaTables(client), new StatementRunner(client, () => lock.check()), files, views)),
      ...(messageDays === undefined ? [] : await keepMessages(client, messageDays)),
    ]);
  });
}

async function bring(
  tables: SchemaTables,
  runner: StatementRunner,
  files: readonly DdlFile[],
  views: readonly ViewFile[],
): Promise<string[]> {
  await tables.create();
  const pending = pendingFiles(files, await tables.appliedFiles());
  for (const file of pending) {
    for (const [index, statement] of file.statements.entries())
      await runner.run(statement, `${file.name}, statement ${index + 1}`);
    await tables.keepFile(file);
  }
  const { replaced, dropped } = planViews(views, await tables.appliedViews());
  for (const { view, checksum, statement } of replaced) {
    await runner.run(statement, `views/${view}.sql`);
    await tables.keepView(view, checksum);
  }
  for (const view of dropped) {
    await runner.run(`DROP VIEW IF EXISTS ${view}`, `view ${view}, which has no file any more`);
    await tables.keepView(view, '');
  }
  return [
    ...pending.map((file) => file.name),
    ...replaced.map(({ view }) => `views/${view}.sql`),
    ...dropped.map((view) => `DROP VIEW ${view}`),
  ];
}

async function keepMessages(client: SchemaClient, days: number): Promise<string[]> {
  const ttl = `toDateTime(recorded_at) + toIntervalDay(${days})`;
  const kept = await client.number(
    `SELECT position(engine_full, ' TTL ${ttl} ') FROM system.tables WHERE database = currentDatabase() AND name = 'messages'`,
  );
  if (kept > 0) return [];
  await client.command(`ALTER TABLE messages MODIFY TTL ${ttl}`);
  return [`messages kept for ${days} days`];
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
