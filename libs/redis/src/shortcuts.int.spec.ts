import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { redisKeys, type ReconnectLoop } from '@ocpp-gw/contracts';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { eventually } from '@ocpp-gw/testing';
import type { Redis } from 'ioredis';
import { AuthorizeEntries } from './authorize-entries.ts';
import { closeRedis, connectRedis, untilReady } from './connection.ts';
import { PasswordProofs } from './password-proofs.ts';
import { ReconnectLoops } from './reconnect-loops.ts';

let dataPlane: DataPlane;
let redis: Redis;
const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

beforeAll(async () => {
  dataPlane = await startDataPlane({ name: 'redis-shortcuts', ports: 'random', only: ['redis'] });
  redis = connectRedis(dataPlane.redisUrl, { name: 'shortcuts', logger: silent, batched: true });
  await untilReady(redis, 30_000);
}, 60_000);
beforeEach(() => redis.flushall());
afterAll(async () => {
  await closeRedis(redis);
  await dataPlane.stop();
});

describe(PasswordProofs.name, () => {
  it('S2 finds what was kept by identity in any letter case, until it ends', async () => {
    const sut = new PasswordProofs(redis, { ttlMs: 3_000, logger: silent });
    expect(await sut.find('CP1')).toBeNull();
    sut.keep('CP1', 'proof');
    await eventually(
      () => sut.find('cp1'),
      (found) => found === 'proof',
    );
    expect(await sut.find('CP2')).toBeNull();
    await eventually(
      () => sut.find('CP1'),
      (found) => found === null,
    );
  });

  it('S2 finds nothing, keeps nothing and rejects nothing without Redis', async () => {
    const away = connectRedis('redis://127.0.0.1:1', { name: 'away', logger: silent });
    const sut = new PasswordProofs(away, { ttlMs: 1000, logger: silent });
    sut.keep('CP1', 'proof');
    expect(await sut.find('CP1')).toBeNull();
    await closeRedis(away);
  });
});

describe(ReconnectLoops.name, () => {
  const loop = (cpId: string, last: number): ReconnectLoop => ({
    cpId,
    pod: 'pod-1',
    since: 0,
    last,
    connections: 11,
    takeovers: 0,
    delayMs: 1000,
    sources: ['1.1.1.1'],
  });

  it('F35 lists what was reported, the latest first, and forgets what is over', async () => {
    const sut = new ReconnectLoops(redis);
    const now = 10_000_000;
    for (const reported of [
      loop('OLD', now - 16 * 60_000),
      loop('CP1', now - 60_000),
      loop('CP2', now),
      loop('cp1', now - 1),
    ])
      sut.record(reported, silent);
    await eventually(
      () => redis.hlen('cp:reconnect-loops'),
      (length) => length === 3,
    );
    expect((await sut.list(now)).map(({ cpId }) => cpId)).toEqual(['CP2', 'cp1']);
    expect(await redis.hlen('cp:reconnect-loops')).toBe(2);
  });
});

describe(AuthorizeEntries.name, () => {
  it('removes the answers about a token of any type and in any letter case, and no others', async () => {
    const keys = [redisKeys.authorize('TAG'), redisKeys.authorize('tag', 'ISO14443'), redisKeys.authorize('TAG2')];
    for (const key of keys) await redis.set(key, 'answer');
    const sut = new AuthorizeEntries(redis);
    expect(await sut.remove('Tag')).toBe(2);
    expect(await sut.remove('Tag')).toBe(0);
    expect(await redis.keys('auth:*')).toEqual([redisKeys.authorize('TAG2')]);
  });
});
