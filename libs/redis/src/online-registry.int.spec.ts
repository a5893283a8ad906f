import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { redisKeys } from '@ocpp-gw/contracts';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { eventually } from '@ocpp-gw/testing';
import type { Redis } from 'ioredis';
import { closeRedis, connectRedis, untilReady } from './connection.ts';
import { RedisUnavailableError } from './errors.ts';
import { OnlineRegistry, type OwnedEntry } from './online-registry.ts';

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const claimOf = (cpId: string, pod = 'pod-a') => ({
  cpId,
  pod,
  connectionId: `${pod}-connection`,
  protocol: 'ocpp1.6',
  now: 1_000,
});

let dataPlane: DataPlane;
let redis: Redis;
let sut: OnlineRegistry;

beforeAll(async () => {
  dataPlane = await startDataPlane({ name: 'redis-registry', ports: 'random', only: ['redis'] });
  redis = connectRedis(dataPlane.redisUrl, { name: 'registry', logger: silent });
  await untilReady(redis, 30_000);
}, 60_000);

afterAll(async () => {
  await closeRedis(redis);
  await dataPlane.stop();
});

beforeEach(async () => {
  await redis.flushall();
  sut = new OnlineRegistry(redis, { ttlMs: 60_000 });
});

describe(OnlineRegistry.name, () => {
  it('records the owner of a charger', async () => {
    const before = Date.now();
    const { epoch, previous } = await sut.claim(claimOf('CP-1'));
    expect(previous).toBeNull();
    expect(epoch).toBeGreaterThanOrEqual(before);
    const { pod, connectionId, protocol } = claimOf('CP-1');
    await expect(sut.get('CP-1')).resolves.toEqual({
      pod,
      connectionId,
      protocol,
      epoch,
      since: 1_000,
      lastSeen: 1_000,
    });
  });

  it('takes a charger away from its owner, and gives it to the next connection', async () => {
    const { epoch } = await sut.claim(claimOf('CP-1'));
    await sut.evict('CP-1');
    await sut.evict('nobody');
    await expect(sut.get('CP-1')).resolves.toBeNull();
    const { now, ...claim } = claimOf('CP-1');
    const entry: OwnedEntry = { ...claim, epoch, since: now, lastSeen: now };
    await expect(sut.refresh([entry])).resolves.toEqual({ lost: ['CP-1'] });
    expect(await redis.pttl(redisKeys.online('CP-1'))).toBeGreaterThan(0);
    expect(await redis.exists(redisKeys.online('nobody'))).toBe(0);
    const next = await sut.claim(claimOf('CP-1', 'pod-b'));
    expect(next.epoch).toBeGreaterThan(epoch);
    expect(next.previous).toBeNull();
    await expect(sut.refresh([entry])).resolves.toEqual({ lost: ['CP-1'] });
  });

  it('gives every connection a greater epoch and names the one it displaced, however fast they come', async () => {
    const claims = await Promise.all(
      Array.from({ length: 200 }, (_, i) => sut.claim(claimOf('CP-1', i % 2 ? 'pod-a' : 'pod-b'))),
    );
    claims.slice(1).forEach(({ epoch, previous }, i) => {
      expect(epoch).toBeGreaterThan(claims[i]?.epoch ?? Infinity);
      expect(previous?.epoch).toBe(claims[i]?.epoch);
    });
  });

  it('lets only the newest of two owners release the charger', async () => {
    const old = await sut.claim(claimOf('CP-1', 'pod-a'));
    const newest = await sut.claim(claimOf('CP-1', 'pod-b'));
    await expect(sut.release('CP-1', old.epoch, 2_000)).resolves.toBe(false);
    await expect(sut.get('CP-1')).resolves.toMatchObject({ pod: 'pod-b' });
    await expect(sut.release('CP-1', newest.epoch, 2_000)).resolves.toBe(true);
    await expect(sut.get('CP-1')).resolves.toBeNull();
    await expect(sut.release('CP-1', newest.epoch, 2_000)).resolves.toBe(false);
  });

  const owned = async (cpId: string, pod: string): Promise<OwnedEntry> => {
    await sut.claim(claimOf(cpId, pod));
    const entry = await sut.get(cpId);
    if (!entry) throw new Error('just claimed');
    return { cpId, ...entry };
  };

  it('refreshes what it owns and tells what a newer connection took', async () => {
    const kept = await owned('CP-1', 'pod-a');
    const taken = await owned('CP-2', 'pod-a');
    await sut.claim(claimOf('CP-2', 'pod-b'));
    const { lost } = await sut.refresh([
      { ...kept, lastSeen: 5_000 },
      { ...taken, lastSeen: 5_000 },
    ]);
    expect(lost).toEqual(['CP-2']);
    await expect(sut.get('CP-1')).resolves.toEqual({ ...(await sut.get('CP-1')), pod: 'pod-a', lastSeen: 5_000 });
    await expect(sut.get('CP-2')).resolves.toMatchObject({ pod: 'pod-b', lastSeen: 1_000 });
  });

  it('writes what an emptied Redis has forgotten', async () => {
    const entry = await owned('CP-1', 'pod-a');
    await redis.flushall();
    await expect(sut.refresh([entry])).resolves.toEqual({ lost: [] });
    const { cpId, ...stored } = entry;
    await expect(sut.get(cpId)).resolves.toEqual(stored);
    expect(await redis.pttl(redisKeys.online(cpId))).toBeGreaterThan(0);
  });

  it('ends with the newest owner, whichever refreshes first after a loss', async () => {
    const old = await owned('CP-1', 'pod-a');
    const newest = await owned('CP-1', 'pod-b');
    await redis.flushall();
    await sut.refresh([old]);
    await expect(sut.refresh([newest])).resolves.toEqual({ lost: [] });
    await expect(sut.refresh([old])).resolves.toEqual({ lost: ['CP-1'] });
    await expect(sut.get('CP-1')).resolves.toMatchObject({ pod: 'pod-b', epoch: newest.epoch });
  });

  it('refreshes more entries than fit one script call', async () => {
    const entries = await Promise.all(Array.from({ length: 450 }, (_, i) => owned(`CP-${i}`, 'pod-a')));
    await sut.claim(claimOf('CP-449', 'pod-b'));
    await expect(sut.refresh(entries)).resolves.toEqual({ lost: ['CP-449'] });
    await expect(sut.refresh([])).resolves.toEqual({ lost: [] });
  });

  it('forgets an owner that stops refreshing', async () => {
    sut = new OnlineRegistry(redis, { ttlMs: 2_000 });
    const entry = await owned('CP-1', 'pod-a');
    await sleep(1_100);
    await sut.refresh([entry]);
    await sleep(1_100);
    await expect(sut.get('CP-1')).resolves.not.toBeNull();
    await eventually(async () => (await sut.get('CP-1')) === null);
  });

  it('F19 remembers when a charger was last seen, whoever owns it and whether anybody does', async () => {
    const seen = (...cpIds: string[]) => sut.lastSeen(cpIds).then((found) => Object.fromEntries(found));
    const released = await owned('CP-1', 'pod-a');
    const died = await owned('CP-2', 'pod-a');
    expect(await seen('CP-1', 'CP-2', 'CP-3')).toEqual({ 'CP-1': 1_000, 'CP-2': 1_000 });
    await sut.refresh([
      { ...released, lastSeen: 5_000 },
      { ...died, lastSeen: 1_796_011_480_123 },
    ]);
    await sut.release('CP-1', released.epoch, 6_000);
    await redis.del(redisKeys.online('CP-2'));
    expect(await seen('CP-1', 'CP-2')).toEqual({ 'CP-1': 6_000, 'CP-2': 1_796_011_480_123 });
    expect(await sut.lastSeen([])).toEqual(new Map());
  });

  it('F19 takes no last word of an older connection for the time a newer one was seen', async () => {
    const older = await owned('CP-1', 'pod-a');
    const newer = await sut.claim({ ...claimOf('CP-1', 'pod-b'), now: 9_000 });
    await sut.refresh([{ ...older, lastSeen: 8_000 }]);
    await sut.release('CP-1', older.epoch, 8_000);
    expect(await sut.lastSeen(['CP-1'])).toEqual(new Map([['CP-1', 9_000]]));
    await sut.release('CP-1', newer.epoch, 9_500);
    expect(await sut.lastSeen(['CP-1'])).toEqual(new Map([['CP-1', 9_500]]));
  });

  it('looks up many chargers at once', async () => {
    await sut.claim(claimOf('CP-1', 'pod-a'));
    await sut.claim(claimOf('CP-3', 'pod-b'));
    const found = await sut.getMany(['CP-1', 'CP-2', 'CP-3']);
    expect([...found].map(([cpId, { pod }]) => [cpId, pod])).toEqual([
      ['CP-1', 'pod-a'],
      ['CP-3', 'pod-b'],
    ]);
    await expect(sut.getMany([])).resolves.toEqual(new Map());
  });

  it('survives a Redis that dies and returns empty', async () => {
    const entry = await owned('CP-1', 'pod-a');
    await dataPlane.kill('redis');
    for (const attempt of [
      () => sut.get('CP-1'),
      () => sut.getMany(['CP-1']),
      () => sut.lastSeen(['CP-1']),
      () => sut.claim(claimOf('CP-1')),
      () => sut.refresh([entry]),
      () => sut.release('CP-1', entry.epoch, 2_000),
    ]) {
      const started = Date.now();
      await expect(attempt()).rejects.toBeInstanceOf(RedisUnavailableError);
      expect(Date.now() - started).toBeLessThan(2_500);
    }
    await dataPlane.start('redis');
    await untilReady(redis, 30_000);
    await redis.flushall();
    await expect(sut.refresh([entry])).resolves.toEqual({ lost: [] });
    await expect(sut.get('CP-1')).resolves.toMatchObject({ pod: 'pod-a', epoch: entry.epoch });
  });
});
