import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { Kafka, logLevel } from 'kafkajs';
import pg from 'pg';

import { runCommandLine } from './command-line.ts';
import { startDataPlane, type DataPlane } from './index.ts';
import { identify } from './process-table.ts';
import { findRunning } from './process.ts';

let state: string;
const planes: DataPlane[] = [];

async function start(options: Omit<Parameters<typeof startDataPlane>[0], 'state'>): Promise<DataPlane> {
  const plane = await startDataPlane({ ...options, state });
  planes.push(plane);
  return plane;
}

beforeAll(async () => {
  // Closed to other users: as root, Postgres has to get by with that.
  state = await mkdtemp(join(tmpdir(), 'data-plane-'));
});

afterEach(async () => {
  await Promise.all(planes.splice(0).map((plane) => plane.stop()));
});

afterAll(async () => {
  await rm(state, { recursive: true });
});

async function sql<T extends pg.QueryResultRow>(plane: DataPlane, text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: plane.postgresUrl });
  await client.connect();
  try {
    return (await client.query<T>(text)).rows;
  } finally {
    await client.end();
  }
}

describe('a data plane', () => {
  it('brings up all four engines, and leaves no process and no file', async () => {
    const heard = new Map<string, string>();
    const plane = await start({ name: 'all', report: (engine, message) => heard.set(engine, message) });
    expect([...heard.values()].every((message) => message.startsWith('ready after'))).toBe(true);
    expect(new Set(Object.values(plane.ports)).size).toBe(4);
    const running = await Promise.all(
      Object.keys(plane.ports).map((engine) => findRunning(join(plane.directory, engine))),
    );
    expect(running).not.toContain(undefined);
    await plane.stop();
    await plane.stop();
    await expect(stat(plane.directory)).rejects.toThrow('ENOENT');
    expect(await readdir(state)).toEqual([]);
  }, 120_000);

  it('gives each instance data of its own, side by side', async () => {
    const [one, two] = await Promise.all([
      start({ name: 'twin', only: ['redis', 'postgres'] }),
      start({ name: 'twin', only: ['redis', 'postgres'] }),
    ]);
    expect(one.name).not.toBe(two.name);
    await sql(one, 'CREATE TABLE mine (id int)');
    expect(await sql(two, "SELECT to_regclass('mine') AS t")).toEqual([{ t: null }]);
    expect(() => one.kafkaBrokers).toThrow(/kafka is not part of the data plane twin-.* \(only: redis, postgres\)/);
  }, 120_000);

  it('starts Postgres as the contract says: user, database, 200 connections, this machine only', async () => {
    const plane = await start({ name: 'pg', only: ['postgres'] });
    expect(plane.postgresUrl).toMatch(/^postgresql:\/\/eveys:eveys@127\.0\.0\.1:\d+\/eveys_ocpp$/);
    expect(
      await sql(
        plane,
        `SELECT current_user AS u, current_database() AS d, current_setting('max_connections') AS c,
        current_setting('listen_addresses') AS l, current_setting('server_encoding') AS e, lower('Ä') AS lower`,
      ),
    ).toEqual([{ u: 'eveys', d: 'eveys_ocpp', c: '200', l: '127.0.0.1', e: 'UTF8', lower: 'ä' }]);
    await expect(
      new pg.Client({ connectionString: plane.postgresUrl.replace('eveys:eveys', 'eveys:wrong') }).connect(),
    ).rejects.toThrow('password authentication failed');
  }, 120_000);

  it('keeps committed rows when Postgres is killed', async () => {
    const plane = await start({ name: 'pg', only: ['postgres'] });
    await sql(plane, 'CREATE TABLE kept (id int); INSERT INTO kept VALUES (1)');
    await plane.kill('postgres');
    await expect(sql(plane, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
    await plane.start('postgres');
    expect(await sql(plane, 'SELECT id FROM kept')).toEqual([{ id: 1 }]);
  }, 120_000);

  it('kills and restarts Redis on the same port', async () => {
    const plane = await start({ name: 'redis', only: ['redis'] });
    const redis = new Redis(plane.redisUrl, { retryStrategy: () => 50 });
    redis.on('error', () => undefined);
    await redis.set('a', '1');
    await plane.kill('redis');
    await plane.start('redis');
    expect(await redis.set('b', '2')).toBe('OK');
    redis.disconnect();
  }, 30_000);

  it('keeps acknowledged messages when Kafka is killed, and creates no topic by accident', async () => {
    const plane = await start({ name: 'kafka', only: ['kafka'] });
    const kafka = new Kafka({ brokers: [plane.kafkaBrokers], logLevel: logLevel.NOTHING });
    const admin = kafka.admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic: 'cut', numPartitions: 3 }], waitForLeaders: true });
    const producer = kafka.producer({ idempotent: true });
    await producer.connect();
    await producer.send({ topic: 'cut', acks: -1, messages: [{ key: 'k', value: 'kept', partition: 1 }] });
    await producer.disconnect();
    const hasty = kafka.producer({ retry: { retries: 0 } });
    await hasty.connect();
    await expect(hasty.send({ topic: 'accident', messages: [{ value: 'x' }] })).rejects.toThrow(
      'does not host this topic-partition',
    );
    await hasty.disconnect();
    await admin.disconnect();
    await plane.kill('kafka');
    await plane.start('kafka');
    const again = kafka.admin();
    await again.connect();
    expect((await again.listTopics()).filter((topic) => !topic.startsWith('__'))).toEqual(['cut']);
    expect((await again.fetchTopicOffsets('cut')).find(({ partition }) => partition === 1)?.high).toBe('1');
    await again.disconnect();
  }, 90_000);

  it('is attached to, fast, when it already runs on given ports, and keeps its data when stopped', async () => {
    const ports = { redis: (await start({ name: 'probe', only: ['redis'] })).ports.redis ?? 0 };
    await Promise.all(planes.splice(0).map((plane) => plane.stop()));
    const first = await start({ name: 'lasting', ports, only: ['redis'] });
    const redis = new Redis(first.redisUrl);
    await redis.set('kept', 'yes');
    redis.disconnect();
    const heard: string[] = [];
    const begun = Date.now();
    await start({ name: 'lasting', ports, only: ['redis'], report: (_engine, message) => heard.push(message) });
    expect(heard).toEqual(['already running']);
    expect(Date.now() - begun).toBeLessThan(15_000);
    await first.stop();
    const third = await start({ name: 'lasting', ports, only: ['redis'] });
    const back = new Redis(third.redisUrl);
    expect(await back.get('kept')).toBe('yes');
    back.disconnect();
  }, 90_000);

  it('names who holds a port that it needs', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    await expect(start({ name: 'taken', ports: { redis: port }, only: ['redis'] })).rejects.toThrow(
      `redis can't start: port ${port} is taken by pid ${process.pid} (`,
    );
    await new Promise((resolve) => server.close(resolve));
  });

  it('shows the end of the log of an engine that does not start', async () => {
    const { ports } = await start({ name: 'broken', only: ['redis'] });
    await Promise.all(planes.splice(0).map((plane) => plane.stop()));
    await mkdir(join(state, 'broken', 'redis'), { recursive: true });
    // Redis wants a folder where there is a file.
    await mkdir(join(state, 'broken', 'redis', 'data', 'appendonlydir'), { recursive: true });
    await writeFile(join(state, 'broken', 'redis', 'data', 'appendonlydir', 'appendonly.aof.manifest'), 'nonsense\n');
    await writeFile(join(state, 'broken', 'redis', 'data', 'appendonly.aof'), 'nonsense\n');
    await expect(start({ name: 'broken', ports: { redis: ports.redis ?? 0 }, only: ['redis'] })).rejects.toThrow(
      /redis can't start: it ended instead of starting; the end of .*redis\.log:\n/,
    );
  }, 30_000);

  it('removes what a killed owner left behind', async () => {
    const orphan = await startDataPlane({ name: 'orphan', state, only: ['redis'] });
    const running = await findRunning(join(orphan.directory, 'redis'));
    await writeFile(
      join(orphan.directory, 'owner.json'),
      JSON.stringify({ ...(await identify(process.pid)), startTicks: 1 }),
    );
    await start({ name: 'next', only: ['redis'] });
    await expect(stat(orphan.directory)).rejects.toThrow('ENOENT');
    expect(running && (await identify(running.pid))).toBeUndefined();
  }, 30_000);

  it('is started, shown and stopped from the command line', async () => {
    const port = String((await start({ name: 'probe', only: ['redis'] })).ports.redis);
    await Promise.all(planes.splice(0).map((plane) => plane.stop()));
    const lines: string[] = [];
    const run = (...args: string[]): Promise<number> => {
      lines.length = 0;
      return runCommandLine(['node', 'data-plane', ...args, '--state', state, '--name', 'cli'], {}, (text) =>
        lines.push(text),
      );
    };
    expect(await run('up', '--only', 'redis', '--redis-port', port)).toBe(0);
    expect(lines.join('\n')).toContain(`redis://127.0.0.1:${port}/0`);
    expect(await run('status', '--only', 'redis')).toBe(0);
    expect(lines.join('\n')).toMatch(/redis {2}running {2}pid \d+/);
    expect(await run('doctor', '--only', 'redis', '--redis-port', port)).toBe(0);
    expect(lines.join('\n')).toContain('redis of this data plane, pid');
    expect(await run('down')).toBe(0);
    expect(lines).toEqual(['cli: stopped redis']);
    expect(await run('status')).toBe(1);
  }, 30_000);
});
