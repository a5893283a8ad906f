import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { redisKeys } from '@ocpp-gw/contracts';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { eventually } from '@ocpp-gw/testing';
import type { Redis } from 'ioredis';
import { closeRedis, connectRedis, untilReady } from './connection.ts';
import { OutboxWakes } from './outbox-wakes.ts';

let dataPlane: DataPlane;
let publisher: Redis;
const warnings: string[] = [];
const logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: (message: string) => void warnings.push(message),
  error: () => undefined,
};

beforeAll(async () => {
  dataPlane = await startDataPlane({ name: 'redis-wakes', ports: 'random', only: ['redis'] });
  publisher = connectRedis(dataPlane.redisUrl, { name: 'publisher', logger, batched: true });
  await untilReady(publisher, 30_000);
}, 60_000);

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

afterAll(async () => {
  await closeRedis(publisher);
  await dataPlane.stop();
});

async function pod() {
  const subscriber = connectRedis(dataPlane.redisUrl, { name: 'subscriber', logger });
  const woken: string[] = [];
  const onWake = (lane: string, shard: number) => void woken.push(`${lane} ${shard}`);
  const sut = new OutboxWakes({ publisher, subscriber, logger, onWake, gatherMs: 100 });
  stops.push(async () => {
    await sut.stop();
    await closeRedis(subscriber);
  });
  sut.start();
  await eventually(() => sut.hears);
  return { sut, woken };
}

describe(OutboxWakes.name, () => {
  it('tells every instance of the shards that got something', async () => {
    const pods = [await pod(), await pod()];
    pods[0]?.sut.announce([
      { lane: 'kafka', shard: 3 },
      { lane: 'backend', shard: 3 },
    ]);
    for (const { woken } of pods) {
      await eventually(() => woken.length === 2);
      expect(woken).toEqual(['kafka 3', 'backend 3']);
    }
  });

  it('tells of the first commit at once, and of those that follow together', async () => {
    const { sut, woken } = await pod();
    let messages = 0;
    const listener = publisher.duplicate();
    stops.push(() => closeRedis(listener));
    await untilReady(listener, 30_000);
    await listener.subscribe(redisKeys.outboxWakes);
    listener.on('message', () => (messages += 1));
    for (let n = 0; n < 20; n += 1) sut.announce([{ lane: 'kafka', shard: n % 4 }]);
    await eventually(() => woken.length === 5);
    expect(woken[0]).toBe('kafka 0');
    expect(woken.toSorted()).toEqual(['kafka 0', 'kafka 0', 'kafka 1', 'kafka 2', 'kafka 3']);
    await eventually(() => messages === 2);
  });

  it('knows that it hears nothing while Redis is away, and hears again when it is back', async () => {
    const { sut, woken } = await pod();
    await dataPlane.kill('redis');
    await eventually(() => !sut.hears);
    sut.announce([{ lane: 'kafka', shard: 1 }]);
    await dataPlane.start('redis');
    await eventually(() => sut.hears && publisher.status === 'ready');
    sut.announce([{ lane: 'kafka', shard: 2 }]);
    await eventually(() => woken.includes('kafka 2'));
  });

  it('passes over what is no announcement', async () => {
    const { sut, woken } = await pod();
    await publisher.publish(redisKeys.outboxWakes, 'nonsense');
    sut.announce([{ lane: 'kafka', shard: 7 }]);
    await eventually(() => woken.includes('kafka 7'));
    expect(warnings).toEqual(['malformed announcement of a commit ignored']);
  });
});
