import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { eventually } from '@ocpp-gw/testing';
import type { Redis } from 'ioredis';
import { closeRedis, connectRedis, untilReady } from './connection.ts';
import { IdempotencyCache } from './idempotency-cache.ts';
import { Shortcut } from './shortcut.ts';

let dataPlane: DataPlane;
let redis: Redis;
let other: Redis;
let debugged: string[];
const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const logger = { ...silent, debug: (message: string) => void debugged.push(message) };
const cacheFor = (ttlMs: number): IdempotencyCache => new IdempotencyCache(redis, { ttlMs, logger });
/** The same that waits longer for Redis, because this process may be busy. */
const patient = (on: Redis, ttlMs: number): Shortcut =>
  new Shortcut(on, { ttlMs, logger }, { name: 'idempotency cache', timeoutMs: 20_000 });

beforeAll(async () => {
  dataPlane = await startDataPlane({ name: 'redis-idempotency', ports: 'random', only: ['redis'] });
  redis = connectRedis(dataPlane.redisUrl, { name: 'idempotency', logger: silent, batched: true });
  other = connectRedis(dataPlane.redisUrl, { name: 'other pod', logger: silent });
  await Promise.all([untilReady(redis, 30_000), untilReady(other, 30_000)]);
}, 60_000);
beforeEach(async () => {
  debugged = [];
  await other.flushall();
});
afterAll(async () => {
  await Promise.all([closeRedis(redis), closeRedis(other)]);
  await dataPlane.stop();
});

async function commandsBatchedBy(work: () => Promise<unknown>): Promise<number> {
  const processed = async (): Promise<number> =>
    Number(/total_reads_processed:(\d+)/.exec(await other.info('stats'))?.[1]);
  const before = await processed();
  await work();
  // One read is the question itself.
  return (await processed()) - before - 1;
}

describe(IdempotencyCache.name, () => {
  it('gives back what was kept, on any pod, until its time is over', async () => {
    const sut = patient(redis, 2_000);
    await expect(sut.find('k')).resolves.toBeNull();
    sut.keep('k', '{"a":1}');
    await expect(sut.find('k')).resolves.toBe('{"a":1}');
    await expect(patient(other, 1).find('k')).resolves.toBe('{"a":1}');
    await eventually(async () => (await sut.find('k')) === null);
    expect(debugged).toEqual([]);
  });

  it('lets many chargers share a round trip', async () => {
    const sut = patient(redis, 60_000);
    const keys = Array.from({ length: 200 }, (_, n) => `k${n}`);
    const reads = await commandsBatchedBy(async () => {
      for (const key of keys) sut.keep(key, key);
      expect(await Promise.all(keys.map((key) => sut.find(key)))).toEqual(keys);
    });
    expect(reads).toBeLessThan(10);
  });

  it('waits for a slow Redis no longer than a moment, and finds again when it is quick', async () => {
    const sut = cacheFor(60_000);
    sut.keep('k', 'v');
    await eventually(async () => (await sut.find('k')) === 'v');
    await other.client('PAUSE', 2_500, 'ALL');
    const startedAt = performance.now();
    expect(await Promise.all(Array.from({ length: 50 }, () => sut.find('k')))).toEqual(Array(50).fill(null));
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    await other.ping();
    await eventually(async () => (await sut.find('k')) === 'v');
  });

  it('finds and keeps nothing while Redis is away, and goes on when it is back', async () => {
    const sut = cacheFor(60_000);
    await dataPlane.kill('redis');
    const startedAt = performance.now();
    sut.keep('k', 'v');
    await expect(sut.find('k')).resolves.toBeNull();
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    await eventually(() => debugged.length === 2);
    expect(debugged.sort()).toEqual(['idempotency cache could not be read', 'idempotency cache could not be written']);
    await dataPlane.start('redis');
    await untilReady(redis, 30_000);
    sut.keep('k', 'v');
    await eventually(async () => (await sut.find('k')) === 'v');
  });
});
