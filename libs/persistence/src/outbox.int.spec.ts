import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { createDatabase, type Database } from './database.ts';
import { migrate } from './migrations/migrate.ts';
import { OUTBOX_SHARDS, Outbox, type OutboxEntry, type OutboxLane, type RelayedLane } from './outbox.ts';
import { sqlOf } from './testing.ts';

const DEAD_LETTERS = fileURLToPath(new URL('./dead-letters.ts', import.meta.url));

const entry = (cpId: string, text: string, lane: OutboxLane = 'kafka'): OutboxEntry => ({
  lane,
  destination: 'somewhere',
  cpId,
  eventId: randomUUID(),
  payload: Buffer.from(text),
});

describe('Outbox', () => {
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

  beforeEach(() => sqlOf(database).query('TRUNCATE outbox'));

  afterAll(async () => {
    await database?.stop();
    await plane?.stop();
  });

  const ALL = Array.from({ length: OUTBOX_SHARDS }, (_, shard) => shard);
  const take = async (lane: RelayedLane, limit: number, exceptCpIds: string[] = []) =>
    (await sut.take(lane, ALL, { limit, exceptCpIds })).slice(0, limit);
  const texts = (rows: { payload: Uint8Array }[]) => rows.map((row) => Buffer.from(row.payload).toString());

  it('counts what waits, and estimates where there is too much to count', async () => {
    expect(await sut.depth('kafka')).toEqual({ rows: 0, oldestSeconds: 0 });
    await sut.append([entry('A', 'one'), entry('A', 'two'), entry('A', 'call', 'backend')]);
    expect(await sut.depth('kafka')).toMatchObject({ rows: 2 });
    await sqlOf(database).query(`UPDATE outbox SET created_at = created_at - interval '1 minute', id = id - 200000
      WHERE id = (SELECT min(id) FROM outbox)`);
    const { rows, oldestSeconds } = await sut.depth('kafka');
    expect(rows).toBe(200_002);
    expect(oldestSeconds).toBeGreaterThan(59);
  });

  it('gives entries back whole and in order, lane by lane, until they are removed', async () => {
    const entries = ['one', 'two', 'three'].map((text) => entry('A', text));
    await sut.append([...entries, entry('A', 'call', 'backend')]);
    const rows = await take('kafka', 10);
    expect(rows).toMatchObject(entries.map(({ cpId, eventId, destination }) => ({ cpId, eventId, destination })));
    expect(texts(rows)).toEqual(['one', 'two', 'three']);
    await sut.remove(rows.slice(0, 2).map((row) => row.id));
    expect(texts(await take('kafka', 10))).toEqual(['three']);
    expect(texts(await take('backend', 10))).toEqual(['call']);
  });

  it('takes no more than asked, and none of the chargers to skip', async () => {
    await sut.append([entry('A', 'a1'), entry('B', 'b1'), entry('A', 'a2'), entry('C', 'c1')]);
    expect(texts(await take('kafka', 2))).toEqual(['a1', 'b1']);
    expect(texts(await take('kafka', 9, ['A', 'X']))).toEqual(['b1', 'c1']);
  });

  it('appends nothing when the transaction it belongs to fails', async () => {
    const work = database.transaction(async (connection) => {
      await sut.append([entry('A', 'never')], connection);
      throw new Error('changed my mind');
    });
    await expect(work).rejects.toThrow('changed my mind');
    expect(await take('kafka', 1)).toEqual([]);
  });

  it('keeps a set aside row out of its lane, and counts both', async () => {
    await sut.append([entry('A', 'poison'), entry('A', 'good')]);
    const [poison] = await take('kafka', 1);
    await sut.setAside(poison?.id ?? '', 'kafka-dead');
    expect(texts(await take('kafka', 9))).toEqual(['good']);
    expect(await sut.depth('kafka-dead')).toMatchObject({ rows: 1 });
    const depth = await sut.depth('kafka');
    expect(depth.rows).toBe(1);
    expect(depth.oldestSeconds).toBeGreaterThanOrEqual(0);
    expect(await sut.depth('backend')).toEqual({ rows: 0, oldestSeconds: 0 });
  });

  it('gives set aside rows back to their destinations, before what their charger said later', async () => {
    await sut.append([entry('A', 'poison'), entry('A', 'refused', 'backend'), entry('A', 'later'), entry('B', 'lost')]);
    const [poison, , lost] = await take('kafka', 9);
    const [refused] = await take('backend', 9);
    await sut.setAside(poison?.id ?? '', 'kafka-dead');
    await sut.setAside(lost?.id ?? '', 'kafka-dead');
    await sut.setAside(refused?.id ?? '', 'backend-dead');
    expect(texts(await sut.dead(9))).toEqual(['poison', 'refused', 'lost']);
    expect(texts(await sut.dead(1))).toEqual(['poison']);
    const [later] = await take('kafka', 1);
    expect(await sut.putBack([poison?.id ?? '', later?.id ?? ''])).toEqual([poison?.id]);
    expect(texts(await take('kafka', 9))).toEqual(['poison', 'later']);
    expect(await sut.putBack('all')).toEqual([refused?.id, lost?.id]);
    expect(texts(await take('kafka', 9))).toEqual(['poison', 'later', 'lost']);
    expect(texts(await take('backend', 9))).toEqual(['refused']);
    expect(await sut.putBack('all')).toEqual([]);
  });

  it('has a command that lists what was set aside and replays it', async () => {
    await sut.append([entry('A', 'poison')]);
    const [{ id } = { id: '' }] = await take('kafka', 1);
    await sut.setAside(id, 'kafka-dead');
    const run = (...words: string[]) =>
      promisify(execFile)(process.execPath, ['--conditions=@ocpp-gw/source', DEAD_LETTERS, ...words], {
        env: { ...process.env, EVEYS_OCPP_DB_URL: plane.postgresUrl },
      });
    expect((await run()).stdout).toMatch(new RegExp(`1 refused for good\\n {2}${id} {2}kafka-dead {2}somewhere`));
    expect((await run('replay', 'outbox', id)).stdout).toBe(`outbox: 1 to be delivered again: ${id}\n`);
    expect((await run('list')).stdout).toMatch(/^outbox: 0 refused for good\n/);
    await expect(run('drop')).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining('replay outbox all') });
    expect(texts(await take('kafka', 1))).toEqual(['poison']);
  });
});
