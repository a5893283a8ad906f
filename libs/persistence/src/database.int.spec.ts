import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { createDatabase, type Database } from './database.ts';
import { Parting } from './testdata/parting.ts';
import { DatabaseUnavailableError, isUnavailable } from './errors.ts';
import { sqlOf } from './testing.ts';

describe('Database', () => {
  let plane: DataPlane;
  let sut: Database;

  beforeAll(async () => {
    plane = await startDataPlane({ name: 'persistence-database', only: ['postgres'] });
    sut = createDatabase({ url: plane.postgresUrl, poolSize: 3, applicationName: 'spec' });
    await sut.start();
    await sqlOf(sut).query('CREATE TABLE thing (name text PRIMARY KEY)');
  }, 120_000);

  afterAll(async () => {
    await sut?.stop();
    await plane?.stop();
  });

  const names = async () =>
    (await sqlOf(sut).query<{ name: string }>('SELECT name FROM thing ORDER BY name')).map((r) => r.name);

  it('keeps what a transaction wrote once it resolved', async () => {
    const result = await sut.transaction(async (connection) => {
      await sqlOf(connection).query('INSERT INTO thing VALUES ($1)', ['kept']);
      return 'result';
    });
    expect(result).toBe('result');
    expect(await names()).toEqual(['kept']);
  });

  it('keeps nothing of a transaction whose work throws, whatever it sent at once', async () => {
    const work = sut.transaction(async (connection) => {
      await Promise.all([
        sqlOf(connection).query('INSERT INTO thing VALUES ($1)', ['lost']),
        sqlOf(connection).query('INSERT INTO thing VALUES ($1)', ['kept']),
        sqlOf(connection).query('INSERT INTO thing VALUES ($1)', ['lost too']),
      ]);
    });
    await expect(work).rejects.toMatchObject({ code: '23505' });
    expect(await names()).toEqual(['kept']);
  });

  it('fails when a statement failed and the work hid it', async () => {
    const work = sut.transaction(async (connection) => {
      await sqlOf(connection).query('INSERT INTO thing VALUES ($1)', ['hidden']);
      await sqlOf(connection)
        .query('SELECT nonsense')
        .catch(() => undefined);
    });
    await expect(work).rejects.toThrow(/rolled back/);
    expect(await names()).toEqual(['kept']);
  });

  it('never gives a connection back inside a transaction', async () => {
    for (let round = 0; round < 6; round += 1)
      await sut.transaction(() => Promise.reject(new Error('no'))).catch(() => undefined);
    const states = await Promise.all(
      [1, 2, 3].map(() =>
        sqlOf(sut).query<{ idle: boolean }>('SELECT pg_current_xact_id_if_assigned() IS NULL AS idle'),
      ),
    );
    expect(states.flat().every((state) => state.idle)).toBe(true);
  });

  it('fails the transaction whose connection is cut in the middle of a statement, and nothing else', async () => {
    const work = sut.transaction(async (connection) => {
      const [{ pid } = { pid: 0 }] = await sqlOf(connection).query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      await Promise.all([
        sqlOf(connection).query('SELECT pg_sleep(30)'),
        sqlOf(sut).query('SELECT pg_terminate_backend($1)', [pid]),
      ]);
    });
    const failure: unknown = await work.catch((error: unknown) => error);
    expect(isUnavailable(failure)).toBe(true);
    expect(await names()).toEqual(['kept']);
  });

  it('outlives a connection that is lost in the moment in which the pool passes it on', async () => {
    const proxy = await Parting.before(plane.postgresUrl);
    const parted = createDatabase({ url: proxy.url, poolSize: 1, applicationName: 'spec' });
    await parted.start();
    proxy.partWithNextAnswer();
    const [first, second] = await Promise.allSettled([
      sqlOf(parted).query('SELECT 1'),
      parted.transaction((connection) => sqlOf(connection).query('SELECT 2')),
    ]);
    expect(first.status).toBe('fulfilled');
    expect(isUnavailable((second as PromiseRejectedResult).reason)).toBe(true);
    expect(await parted.transaction((connection) => sqlOf(connection).query('SELECT 3 AS three'))).toEqual([
      { three: 3 },
    ]);
    await parted.stop();
    await proxy.stop();
  });

  it('says where it looked when nobody is there, within seconds', async () => {
    const away = createDatabase({ url: 'postgresql://u:secret@127.0.0.1:1/db', poolSize: 1, applicationName: 'spec' });
    const failure: unknown = await away.start().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DatabaseUnavailableError);
    expect(String(failure)).toMatch(/127\.0\.0\.1:1\/db.*EVEYS_OCPP_DB_URL/);
    expect(String(failure)).not.toContain('secret');
    await expect(away.ready()).rejects.toBeInstanceOf(DatabaseUnavailableError);
  });

  it('fails calls while Postgres is away and serves again when it is back', async () => {
    await plane.kill('postgres');
    const failure: unknown = await sut.ready().catch((error: unknown) => error);
    expect(isUnavailable(failure)).toBe(true);
    await plane.start('postgres');
    await sut.ready();
    expect(await names()).toEqual(['kept']);
  }, 60_000);
});
