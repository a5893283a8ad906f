import { createClient, type ClickHouseClient } from '@clickhouse/client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { cp, mkdtemp, rm, appendFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clickhouseSchema, clickhouseTarget, type ClickHouseTarget } from '../config.ts';
import { ddlFolder, readDdlFiles } from './ddl-files.ts';
import { migrate, schemaFolders, type SchemaFolders } from './migrator.ts';
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
  });

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
    expect([...new Set(runs.flat())].sort()).toEqual((await names()).sort());
    const applied = await rows<{ n: string }>(
      'SELECT (SELECT count() FROM at_once.schema_migrations FINAL) + (SELECT count() FROM at_once.schema_views FINAL) AS n',
    );
    expect(Number(applied[0]?.n)).toBe((await names()).length);
  });

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
  });

  it('applies a file that was added, and refuses one that was changed', async () => {
    await migrate(target('edited'), folders);
    await writeFile(
      join(folders.ddl, '9001_more.sql'),
      'CREATE TABLE IF NOT EXISTS more (a UInt8) ENGINE = MergeTree ORDER BY a;',
    );
    expect(await migrate(target('edited'), folders)).toEqual(['9001_more.sql']);
    await appendFile(join(folders.ddl, '9001_more.sql'), '-- changed');
    await expect(migrate(target('edited'), folders)).rejects.toThrow(/9001_more\.sql has changed since it was applied/);
  });

  it('names the file and statement that fails, and applies it when it is mended', async () => {
    await writeFile(join(folders.ddl, '9001_more.sql'), 'SELECT 1; CREATE TABEL more;');
    await expect(migrate(target('mended'), folders)).rejects.toThrow(/^9001_more\.sql, statement 2: /);
    await writeFile(join(folders.ddl, '9001_more.sql'), 'SELECT 1;');
    expect(await migrate(target('mended'), folders)).toContain('9001_more.sql');
  });

  it('says where it looked when nobody answers', async () => {
    const away = { ...target('any'), url: 'http://127.0.0.1:1' };
    await expect(migrate(away, schemaFolders)).rejects.toThrow(
      /no answer from ClickHouse at http:\/\/127\.0\.0\.1:1 .*EVEYS_OCPP_CLICKHOUSE_URL/,
    );
  });
});
