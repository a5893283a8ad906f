import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { createDatabase, type Database } from './database.ts';
import { Leadership, type Lease } from './leadership.ts';
import { sqlOf } from './testing.ts';

describe('Leadership', () => {
  let plane: DataPlane;
  let database: Database;

  beforeAll(async () => {
    plane = await startDataPlane({ name: 'persistence-leadership', only: ['postgres'] });
    database = createDatabase({ url: plane.postgresUrl, poolSize: 4, applicationName: 'spec' });
    await database.start();
  }, 120_000);

  afterAll(async () => {
    await database?.stop();
    await plane?.stop();
  });

  const pods: Leadership[] = [];
  afterEach(() => Promise.all(pods.splice(0).map((pod) => pod.stop())));

  function pod(): Leadership {
    const leadership = new Leadership(database);
    pods.push(leadership);
    return leadership;
  }

  const pidOf = async (lease: Lease) =>
    (await sqlOf(lease).query<{ pid: number }>('SELECT pg_backend_pid() AS pid'))[0]?.pid;

  it('lets one session lead a name at a time, and another as soon as it is done', async () => {
    const [one, two] = [pod(), pod()];
    const held = Promise.withResolvers<void>();
    const leading = Promise.withResolvers<void>();
    const first = one.withLeadership('lane', async (lease) => {
      const { lost } = lease;
      expect(await sqlOf(lease).query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
      expect(lost.aborted).toBe(false);
      leading.resolve();
      await held.promise;
    });
    await leading.promise;
    expect(await two.withLeadership('lane', () => Promise.reject(new Error('must not lead')))).toBe(false);
    expect(await two.withLeadership('other lane', () => Promise.resolve())).toBe(true);
    held.resolve();
    expect(await first).toBe(true);
    expect(await two.withLeadership('lane', () => Promise.resolve())).toBe(true);
  });

  it('tells a leader whose connection was cut that it leads no more', async () => {
    const work = pod().withLeadership('cut', async (lease) => {
      const { lost } = lease;
      const pid = await pidOf(lease);
      const aborted = new Promise<void>((resolve) => lost.addEventListener('abort', () => resolve()));
      await sqlOf(database).query('SELECT pg_terminate_backend($1)', [pid]);
      await aborted;
      expect(await pod().withLeadership('cut', () => Promise.resolve())).toBe(true);
      await sqlOf(lease).query('SELECT 1');
    });
    await expect(work).rejects.toThrow();
  });

  it('passes on the error that ended the lead', async () => {
    const work = pod().withLeadership('failing', () => Promise.reject(new Error('kafka away')));
    await expect(work).rejects.toThrow('kafka away');
  });

  it('keeps one connection for all that it leads, and opens another once it is lost', async () => {
    const sut = pod();
    const [one, two] = await Promise.all([sut.connect(), sut.connect()]);
    expect(two).toBe(one);
    await one.end();
    expect(one.lost.aborted).toBe(true);
    expect(await (await sut.connect()).lock('again')).toBe(true);
  });

  it('lets a name be held by several together or by one alone, and counts those that hold it together', async () => {
    const [one, two, three] = await Promise.all([pod().connect(), pod().connect(), pod().connect()]);
    expect([await one.join('group'), await two.join('group'), await three.lock('group')]).toEqual([true, true, false]);
    // Another name, and the same one held alone by somebody else, do not count.
    await three.lock('other group');
    const companies = [await one.company('group'), await two.company('group')];
    expect(companies.map(({ members }) => members)).toEqual([2, 2]);
    expect(companies.map(({ rank }) => rank).toSorted((a, b) => a - b)).toEqual([0, 1]);
    await one.leave('group');
    expect(await two.company('group')).toEqual({ members: 1, rank: 0 });
    await two.end();
    expect(await three.lock('group')).toBe(true);
    expect(await one.join('group')).toBe(false);
  });

  it('keeps a connection after an error of one statement, and knows when it is cut', async () => {
    const lease = await pod().connect();
    await expect(sqlOf(lease).query('SELECT 1 / 0')).rejects.toThrow('division by zero');
    expect(lease.lost.aborted).toBe(false);
    await sqlOf(database).query('SELECT pg_terminate_backend($1)', [await pidOf(lease)]);
    await expect(sqlOf(lease).query('SELECT 1')).rejects.toThrow();
    if (!lease.lost.aborted) await new Promise((resolve) => lease.lost.addEventListener('abort', resolve));
  });
});
