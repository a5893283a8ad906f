import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { SOURCE, createDatabase, type Database } from '../database.ts';
import { MIGRATIONS } from './index.ts';
import { migrate } from './migrate.ts';
import { sqlOf } from '../testing.ts';

const ENTRY = fileURLToPath(new URL('../migrate.ts', import.meta.url));
const run = promisify(execFile);

describe('migrate', () => {
  let plane: DataPlane;
  let database: Database;

  beforeAll(async () => {
    plane = await startDataPlane({ name: 'persistence-migrate', only: ['postgres'] });
    database = createDatabase({ url: plane.postgresUrl, poolSize: 2, applicationName: 'spec' });
    await database.start();
  }, 120_000);

  afterAll(async () => {
    await database?.stop();
    await plane?.stop();
  });

  it('runs every migration exactly once when several start together', async () => {
    const options = { url: plane.postgresUrl, applicationName: 'spec' };
    const done = await Promise.all([migrate(options), migrate(options), migrate(options)]);
    expect(done.flat().sort()).toEqual([...new Set(done.flat())].sort());
    expect(done.flat()).toHaveLength(MIGRATIONS.length);
    const [row] = await sqlOf(database).query<{ count: number }>('SELECT count(*)::int AS count FROM migrations');
    expect(row?.count).toBe(MIGRATIONS.length);
  });

  it('can be run as a command, which says what it did', async () => {
    const env = { ...process.env, EVEYS_OCPP_DB_URL: plane.postgresUrl };
    const { stdout } = await run(process.execPath, ['--conditions=@ocpp-gw/source', ENTRY], { env });
    expect(stdout).toBe('the schema is up to date\n');
  });

  it('names the variable when the URL is no URL, and the address when nobody answers there', async () => {
    const command = (url: string) =>
      run(process.execPath, ['--conditions=@ocpp-gw/source', ENTRY], {
        env: { ...process.env, EVEYS_OCPP_DB_URL: url },
      });
    await expect(command('localhost')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('EVEYS_OCPP_DB_URL'),
    });
    await expect(command('postgresql://eveys:eveys@127.0.0.1:1/eveys_ocpp')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no Postgres at 127.0.0.1:1/eveys_ocpp'),
    });
  });

  it('leaves every column that an entity names, of the type it names', async () => {
    const changes = await database[SOURCE].driver.createSchemaBuilder().log();
    const faults = changes.upQueries.map(({ query }) => query).filter((query) => / ADD "| TYPE | NOT NULL/.test(query));
    expect(faults).toEqual([]);
  });

  it('can be undone', async () => {
    for (let step = 0; step < MIGRATIONS.length; step += 1) await database[SOURCE].undoLastMigration();
    const tables = await sqlOf(database).query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`,
    );
    expect(tables).toEqual([{ name: 'migrations' }]);
  });
});
