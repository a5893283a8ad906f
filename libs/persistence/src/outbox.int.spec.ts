import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { createDatabase, type Database } from './database.ts';
import { Leadership } from './leadership.ts';
import { migrate } from './migrations/migrate.ts';
import { Outbox, type OutboxEntry, type OutboxLane } from './outbox.ts';

const DEAD_LETTERS = fileURLToPath(new URL('./dead-letters.ts', import.meta.url));

const entry = (cpId: string, text: string, lane: OutboxLane = 'kafka'): OutboxEntry => ({
  lane,
  destination: 'somewhere',
  cpId,
  eventId: randomUUID(),
  payload: Buffer.from(text),
});

describe('Outbox and Leadership', () => {
  let plane: DataPlane;
  let database: Database;
  let sut: Outbox;

  beforeAll(async () => {
    plane = await startDataPlane({ name: 'persistence-outbox', only: ['postgres'] });
    await migrate({ url: plane.postgresUrl, applicationName: 'spec' });
    database = createDatabase({ url: plane.postgresUrl, poolSize: 4, applicationName: 'spec' });
    await database.start();
    sut = new Outbox(database);
  }, 120_000);

  beforeEach(() => database.query('TRUNCATE outbox'));

  afterAll(async () => {
    await database?.stop();
    await plane?.stop();
  });

  const texts = (rows: { payload: Uint8Array }[]) => rows.map((row) => Buffer.from(row.payload).toString());

  it('frees what removed rows leave behind', async () => {
    await sut.append(Array.from({ length: 200 }, (_, n) => entry('A', `entry ${n}`)));
    await sut.remove((await sut.take('kafka', 200)).map(({ id }) => id));
    const size = async () =>
      Number((await database.query<{ size: string }>(`SELECT pg_table_size('outbox') AS size`))[0]?.size);
    const before = await size();
    for (let round = 0; round < 3; round += 1) {
      await sut.vacuum();
      await sut.append(Array.from({ length: 200 }, (_, n) => entry('A', `entry ${n}`)));
      await sut.remove((await sut.take('kafka', 200)).map(({ id }) => id));
    }
    expect(await size()).toBeLessThan(2 * before);
  });

  it('counts what waits, and estimates where there is too much to count', async () => {
    expect(await sut.depth('kafka')).toEqual({ rows: 0, oldestSeconds: 0 });
    await sut.append([entry('A', 'one'), entry('A', 'two'), entry('A', 'call', 'backend')]);
    expect(await sut.depth('kafka')).toMatchObject({ rows: 2 });
    await database.query(`UPDATE outbox SET created_at = created_at - interval '1 minute', id = id - 200000
      WHERE id = (SELECT min(id) FROM outbox)`);
    const { rows, oldestSeconds } = await sut.depth('kafka');
    expect(rows).toBe(200_002);
    expect(oldestSeconds).toBeGreaterThan(59);
  });

  it('gives entries back whole and in order, lane by lane, until they are removed', async () => {
    const entries = ['one', 'two', 'three'].map((text) => entry('A', text));
    await sut.append([...entries, entry('A', 'call', 'backend')]);
    const rows = await sut.take('kafka', 10);
    expect(rows).toMatchObject(entries.map(({ cpId, eventId, destination }) => ({ cpId, eventId, destination })));
    expect(texts(rows)).toEqual(['one', 'two', 'three']);
    await sut.remove(rows.slice(0, 2).map((row) => row.id));
    expect(texts(await sut.take('kafka', 10))).toEqual(['three']);
    expect(texts(await sut.take('backend', 10))).toEqual(['call']);
  });

  it('takes no more than asked, and none of the chargers to skip', async () => {
    await sut.append([entry('A', 'a1'), entry('B', 'b1'), entry('A', 'a2'), entry('C', 'c1')]);
    expect(texts(await sut.take('kafka', 2))).toEqual(['a1', 'b1']);
    expect(texts(await sut.take('kafka', 9, { exceptCpIds: ['A', 'X'] }))).toEqual(['b1', 'c1']);
  });

  it('appends nothing when the transaction it belongs to fails', async () => {
    const work = database.transaction(async (sql) => {
      await sut.append([entry('A', 'never')], sql);
      throw new Error('changed my mind');
    });
    await expect(work).rejects.toThrow('changed my mind');
    expect(await sut.take('kafka', 1)).toEqual([]);
  });

  it('keeps a buried row out of its lane, and counts both', async () => {
    await sut.append([entry('A', 'poison'), entry('A', 'good')]);
    const [poison] = await sut.take('kafka', 1);
    await sut.bury(poison?.id ?? '', 'kafka-dead');
    expect(texts(await sut.take('kafka', 9))).toEqual(['good']);
    expect(await sut.depth('kafka-dead')).toMatchObject({ rows: 1 });
    const depth = await sut.depth('kafka');
    expect(depth.rows).toBe(1);
    expect(depth.oldestSeconds).toBeGreaterThanOrEqual(0);
    expect(await sut.depth('backend')).toEqual({ rows: 0, oldestSeconds: 0 });
  });

  it('gives buried rows back to their lanes, before what their charger said later', async () => {
    await sut.append([entry('A', 'poison'), entry('A', 'refused', 'backend'), entry('A', 'later'), entry('B', 'lost')]);
    const [poison, , lost] = await sut.take('kafka', 9);
    const [refused] = await sut.take('backend', 9);
    await sut.bury(poison?.id ?? '', 'kafka-dead');
    await sut.bury(lost?.id ?? '', 'kafka-dead');
    await sut.bury(refused?.id ?? '', 'backend-dead');
    expect(texts(await sut.dead(9))).toEqual(['poison', 'refused', 'lost']);
    expect(texts(await sut.dead(1))).toEqual(['poison']);
    const [later] = await sut.take('kafka', 1);
    expect(await sut.revive([poison?.id ?? '', later?.id ?? ''])).toEqual([poison?.id]);
    expect(texts(await sut.take('kafka', 9))).toEqual(['poison', 'later']);
    expect(await sut.revive('all')).toEqual([refused?.id, lost?.id]);
    expect(texts(await sut.take('kafka', 9))).toEqual(['poison', 'later', 'lost']);
    expect(texts(await sut.take('backend', 9))).toEqual(['refused']);
    expect(await sut.revive('all')).toEqual([]);
  });

  it('has a command that lists what was buried and replays it', async () => {
    await sut.append([entry('A', 'poison')]);
    const [{ id } = { id: '' }] = await sut.take('kafka', 1);
    await sut.bury(id, 'kafka-dead');
    const run = (...words: string[]) =>
      promisify(execFile)(process.execPath, ['--conditions=@ocpp-gw/source', DEAD_LETTERS, ...words], {
        env: { ...process.env, EVEYS_OCPP_DB_URL: plane.postgresUrl },
      });
    expect((await run()).stdout).toMatch(new RegExp(`1 refused for good\\n {2}${id} {2}kafka-dead {2}somewhere`));
    expect((await run('replay', 'outbox', id)).stdout).toBe(`outbox: 1 to be delivered again: ${id}\n`);
    expect((await run('list')).stdout).toMatch(/^outbox: 0 refused for good\n/);
    await expect(run('drop')).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining('replay outbox all') });
    expect(texts(await sut.take('kafka', 1))).toEqual(['poison']);
  });

  it('lets one session lead a name at a time, and another as soon as it is done', async () => {
    const [one, two] = [new Leadership(database), new Leadership(database)];
    const held = Promise.withResolvers<void>();
    const leading = Promise.withResolvers<void>();
    const first = one.withLeadership('lane', async ({ sql, lost }) => {
      expect(await sql.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
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
    const work = new Leadership(database).withLeadership('cut', async ({ sql, lost }) => {
      const [{ pid } = { pid: 0 }] = await sql.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      const told = new Promise<void>((resolve) => lost.addEventListener('abort', () => resolve()));
      await database.query('SELECT pg_terminate_backend($1)', [pid]);
      await told;
      expect(await new Leadership(database).withLeadership('cut', () => Promise.resolve())).toBe(true);
      await sql.query('SELECT 1');
    });
    await expect(work).rejects.toThrow();
  });

  it('passes on the error that ended the lead', async () => {
    const work = new Leadership(database).withLeadership('failing', () => Promise.reject(new Error('kafka away')));
    await expect(work).rejects.toThrow('kafka away');
  });
});
