import { createClient, type ClickHouseClient } from '@clickhouse/client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { cp, mkdtemp, rm, appendFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { accessScript } from '../access/access-script.ts';
import { printSchema } from '../cluster/print.ts';
import { clickhouseSchema, clickhouseTarget, type ClickHouseTarget } from '../config.ts';
import { ddlFolder, readDdlFiles } from './ddl-files.ts';
import { MigrationLock } from './migration-lock.ts';
import { migrate, schemaFolders, type SchemaFolders } from './migrator.ts';
import { SchemaClient } from './schema-client.ts';
import { splitStatements } from './statements.ts';
import { readViewFiles, viewsFolder } from './view-files.ts';

describe('migrate', () => {
  let plane: DataPlane;
  let folders: SchemaFolders;
  let client: ClickHouseClient;
  const names = async (): Promise<string[]> => [
    ...(await readDdlFiles(ddlFolder)).map((file) => file.name),
    ...(await readViewFiles(viewsFolder)).map(({ view }) => `views/${view}.sql`),
  ];
  const target = (database: string): ClickHouseTarget =>
    clickhouseTarget(
      clickhouseSchema.parse({
        EVEYS_OCPP_CLICKHOUSE_URL: plane.clickhouseUrl,
        EVEYS_OCPP_CLICKHOUSE_DATABASE: database,
      }),
      'spec',
    );
  const rows = async <T>(query: string): Promise<T[]> =>
    (await client.query({ query, format: 'JSONEachRow' })).json<T>();

  beforeAll(async () => {
    plane = await startDataPlane({ name: 'migrator', ports: 'random', only: ['clickhouse'] });
    client = createClient({ url: plane.clickhouseUrl });
    const folder = await mkdtemp(join(tmpdir(), 'schema-'));
    folders = { ddl: join(folder, 'ddl'), views: join(folder, 'views') };
    await cp(ddlFolder, folders.ddl, { recursive: true });
    await cp(viewsFolder, folders.views, { recursive: true });
  }, 120_000);

  afterAll(async () => {
    await client.close();
    await plane.stop();
    await rm(join(folders.ddl, '..'), { recursive: true });
  });

  it('creates the database and all its tables, once', async () => {
    expect(await migrate(target('first'), schemaFolders)).toEqual(await names());
    expect(await migrate(target('first'), schemaFolders)).toEqual([]);
  }, 120_000);

  it('keeps recorded frames for as many days as are set', async () => {
    const kept = async () => {
      const [table] = await rows<{ engine_full: string }>(
        `SELECT engine_full FROM system.tables WHERE database = 'first' AND name = 'messages'`,
      );
      return /toIntervalDay\((\d+)\)/.exec(table?.engine_full ?? '')?.[1];
    };
    const bring = (messageDays?: number) =>
      migrate(target('first'), schemaFolders, messageDays === undefined ? {} : { messageDays });
    expect([await bring(30), await kept()]).toEqual([[], '30']);
    expect([await bring(3), await kept()]).toEqual([['messages kept for 3 days'], '3']);
    expect([await bring(3), await bring(), await kept()]).toEqual([[], [], '3']);
  }, 120_000);

  it('comments every column of every table and view', async () => {
    const bare = await rows(
      `SELECT table, name FROM system.columns WHERE database = 'first' AND comment = '' AND NOT endsWith(table, '_feed')`,
    );
    expect(bare).toEqual([]);
  });

  it('comments every table and view', async () => {
    const bare = await rows(
      `SELECT name FROM system.tables WHERE database = 'first' AND comment = '' AND NOT endsWith(name, '_feed')`,
    );
    expect(bare).toEqual([]);
  });

  it('can be run by four at once', async () => {
    const runs = await Promise.all([1, 2, 3, 4].map(() => migrate(target('at_once'), schemaFolders)));
    expect(runs.flat()).toEqual(await names());
    const applied = await rows<{ n: string }>(
      'SELECT (SELECT count() FROM at_once.schema_migrations FINAL) + (SELECT count() FROM at_once.schema_views FINAL) AS n',
    );
    expect(Number(applied[0]?.n)).toBe((await names()).length);
  }, 120_000);

  it('waits for one that is at work, takes over from one that is dead, and leaves nothing behind', async () => {
    const database = 'dead';
    await client.command({ query: `CREATE DATABASE ${database}` });
    const connection = createClient(target(database));
    const inside = new SchemaClient(connection, undefined);
    const order: string[] = [];
    const work = (name: string, ms: number) => async (): Promise<void> => {
      order.push(`${name} begins`);
      await pause(ms);
      order.push(`${name} ends`);
    };
    const first = new MigrationLock(inside).hold(work('first', 2000));
    await pause(500);
    await Promise.all([first, new MigrationLock(inside).hold(work('second', 0))]);
    expect(order).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
    await client.command({
      query: `CREATE TABLE ${database}.schema_lock (held UInt8) ENGINE = MergeTree ORDER BY held`,
    });
    const lease = 2;
    await Promise.all(['third', 'fourth'].map((name) => new MigrationLock(inside, lease).hold(work(name, 3000))));
    expect(order.slice(4).map((text) => text.split(' ')[1])).toEqual(['begins', 'ends', 'begins', 'ends']);
    expect(await rows(`SELECT name FROM system.tables WHERE database = '${database}'`)).toEqual([]);
    await connection.close();
  }, 30_000);

  it('replaces a view whose file changed, drops one without a file, and leaves alone what others made', async () => {
    const database = 'views';
    const extra = join(folders.views, 'extra.sql');
    const extraIs = (query: string): Promise<void> => writeFile(extra, `CREATE OR REPLACE VIEW extra\nAS ${query};`);
    await extraIs('SELECT 1 AS a');
    await migrate(target(database), folders);
    await client.command({ query: `CREATE VIEW ${database}.theirs AS SELECT 1` });
    await extraIs('SELECT a + 1 AS a FROM more_extra');
    const more = join(folders.views, 'more_extra.sql');
    await writeFile(more, 'CREATE OR REPLACE VIEW more_extra\nAS SELECT 1 AS a;');
    expect(await migrate(target(database), folders)).toEqual(['views/more_extra.sql', 'views/extra.sql']);
    expect(await rows(`SELECT a FROM ${database}.extra`)).toEqual([{ a: 2 }]);
    await Promise.all([rm(extra), rm(more)]);
    expect(await migrate(target(database), folders)).toEqual(['DROP VIEW extra', 'DROP VIEW more_extra']);
    expect(await migrate(target(database), folders)).toEqual([]);
    expect(
      await rows(`SELECT name FROM system.tables WHERE database = '${database}' AND name IN ('extra', 'theirs')`),
    ).toEqual([{ name: 'theirs' }]);
  }, 120_000);

  it('applies a file that was added, and refuses one that was changed', async () => {
    await migrate(target('edited'), folders);
    await writeFile(
      join(folders.ddl, '9001_more.sql'),
      'CREATE TABLE IF NOT EXISTS more (a UInt8) ENGINE = MergeTree ORDER BY a;',
    );
    expect(await migrate(target('edited'), folders)).toEqual(['9001_more.sql']);
    await appendFile(join(folders.ddl, '9001_more.sql'), '-- changed');
    await expect(migrate(target('edited'), folders)).rejects.toThrow(/9001_more\.sql has changed since it was applied/);
  }, 120_000);

  it('names the file and statement that fails, and applies it when it is mended', async () => {
    await writeFile(join(folders.ddl, '9001_more.sql'), 'SELECT 1; CREATE TABEL more;');
    await expect(migrate(target('mended'), folders)).rejects.toThrow(/^9001_more\.sql, statement 2: /);
    await writeFile(join(folders.ddl, '9001_more.sql'), 'SELECT 1;');
    expect(await migrate(target('mended'), folders)).toContain('9001_more.sql');
  }, 120_000);

  it('makes of everything for a cluster what ClickHouse can read', async () => {
    const cluster = { name: '{cluster}', replicaPath: '/clickhouse/tables/{uuid}/{shard}' };
    const access = await accessScript({ database: 'ocpp', role: 'reader', operator: 'a' }, cluster);
    const statements = splitStatements(`${await printSchema(schemaFolders, 'ocpp', cluster)}${access}`);
    expect(statements.length).toBeGreaterThan(80);
    for (const statement of statements) {
      const literal = statement.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
      const [row] = await rows<{ text: string }>(`SELECT formatQuery('${literal}') AS text`);
      expect(row?.text.includes('ON CLUSTER')).toBe(!row?.text.startsWith('INSERT'));
    }
  }, 120_000);

  it('says where it looked when nobody answers', async () => {
    const away = { ...target('any'), url: 'http://127.0.0.1:1' };
    await expect(migrate(away, schemaFolders)).rejects.toThrow(
      /no answer from ClickHouse at http:\/\/127\.0\.0\.1:1 .*EVEYS_OCPP_CLICKHOUSE_URL/,
    );
  });
});
