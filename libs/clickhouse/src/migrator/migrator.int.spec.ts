import { createClient, type ClickHouseClient } from '@clickhouse/client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { cp, mkdtemp, rm, appendFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clickhouseSchema, clickhouseTarget, type ClickHouseTarget } from '../config.ts';
import { ddlFolder, readDdlFiles } from './ddl-files.ts';
import { migrate } from './migrator.ts';

describe('migrate', () => {
  let plane: DataPlane;
  let folder: string;
  let client: ClickHouseClient;
  const names = async (): Promise<string[]> => (await readDdlFiles(ddlFolder)).map((file) => file.name);
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
    folder = await mkdtemp(join(tmpdir(), 'ddl-'));
    await cp(ddlFolder, folder, { recursive: true });
  }, 120_000);

  afterAll(async () => {
    await client.close();
    await plane.stop();
    await rm(folder, { recursive: true });
  });

  it('creates the database and all its tables, once', async () => {
    expect(await migrate(target('first'), ddlFolder)).toEqual(await names());
    expect(await migrate(target('first'), ddlFolder)).toEqual([]);
  });

  it('comments every column of every table and view', async () => {
    const bare = await rows(
      `SELECT table, name FROM system.columns WHERE database = 'first' AND comment = '' AND NOT endsWith(table, '_feed')`,
    );
    expect(bare).toEqual([]);
  });

  it('can be run by two at once', async () => {
    const runs = await Promise.all([migrate(target('twice'), ddlFolder), migrate(target('twice'), ddlFolder)]);
    expect([...new Set(runs.flat())].sort()).toEqual(await names());
    const applied = await rows<{ n: string }>('SELECT count() AS n FROM twice.schema_migrations FINAL');
    expect(Number(applied[0]?.n)).toBe((await names()).length);
  });

  it('applies a file that was added, and refuses one that was changed', async () => {
    await migrate(target('edited'), folder);
    await writeFile(
      join(folder, '9001_more.sql'),
      'CREATE TABLE IF NOT EXISTS more (a UInt8) ENGINE = MergeTree ORDER BY a;',
    );
    expect(await migrate(target('edited'), folder)).toEqual(['9001_more.sql']);
    await appendFile(join(folder, '9001_more.sql'), '-- changed');
    await expect(migrate(target('edited'), folder)).rejects.toThrow(/9001_more\.sql has changed since it was applied/);
  });

  it('names the file and statement that fails, and applies it when it is mended', async () => {
    await writeFile(join(folder, '9001_more.sql'), 'SELECT 1; CREATE TABEL more;');
    await expect(migrate(target('mended'), folder)).rejects.toThrow(/^9001_more\.sql, statement 2: /);
    await writeFile(join(folder, '9001_more.sql'), 'SELECT 1;');
    expect(await migrate(target('mended'), folder)).toEqual(['9001_more.sql']);
  });

  it('says where it looked when nobody answers', async () => {
    const away = { ...target('any'), url: 'http://127.0.0.1:1' };
    await expect(migrate(away, ddlFolder)).rejects.toThrow(
      /no answer from ClickHouse at http:\/\/127\.0\.0\.1:1 .*EVEYS_OCPP_CLICKHOUSE_URL/,
    );
  });
});
