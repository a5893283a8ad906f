import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import type { Redis } from 'ioredis';
import { setTimeout as sleep } from 'node:timers/promises';
import { closeRedis, connectRedis, untilReady, type RedisLogger } from './connection.ts';
import { RedisUnavailableError } from './errors.ts';

let dataPlane: DataPlane;
const opened: Redis[] = [];

function connect(url: string): { redis: Redis; lines: string[] } {
  const lines: string[] = [];
  const log = (level: string) => (message: string) => void lines.push(`${level} ${message}`);
  const logger: RedisLogger = { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') };
  const redis = connectRedis(url, { name: 'spec', logger });
  opened.push(redis);
  return { redis, lines };
}

beforeAll(async () => {
  dataPlane = await startDataPlane({ name: 'redis-connection', ports: 'random', only: ['redis'] });
}, 60_000);
afterEach(async () => {
  await Promise.all(opened.splice(0).map(closeRedis));
});
afterAll(() => dataPlane.stop());

describe('connectRedis', () => {
  it('says nothing while all is well', async () => {
    const { redis, lines } = connect(dataPlane.redisUrl);
    await untilReady(redis, 30_000);
    await untilReady(redis, 0);
    await expect(redis.ping()).resolves.toBe('PONG');
    await closeRedis(redis);
    expect(lines).toEqual([]);
  });

  it('logs an outage once and the return once, and fails commands at once in between', async () => {
    const { redis, lines } = connect(dataPlane.redisUrl);
    await untilReady(redis, 30_000);
    await dataPlane.kill('redis');
    // Several attempts to reconnect.
    await sleep(1_000);
    const started = Date.now();
    await expect(redis.ping()).rejects.toThrow();
    expect(Date.now() - started).toBeLessThan(2_000);
    await dataPlane.start('redis');
    await untilReady(redis, 30_000);
    await expect(redis.ping()).resolves.toBe('PONG');
    expect(lines).toEqual(['error redis is away', 'info redis is back']);
  });

  it('keeps trying when nothing was ever there', async () => {
    const { redis, lines } = connect('redis://127.0.0.1:1/0');
    await expect(untilReady(redis, 500)).rejects.toBeInstanceOf(RedisUnavailableError);
    expect(lines).toEqual(['error redis is away']);
    expect(['reconnecting', 'connecting', 'close']).toContain(redis.status);
  });
});
