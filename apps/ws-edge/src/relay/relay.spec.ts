import { afterEach, describe, expect, it } from '@jest/globals';
import { OUTBOX_SHARDS, type Leadership, type Outbox } from '@ocpp-gw/persistence';
import { eventually } from '@ocpp-gw/testing';
import { recordingLogger } from '../testdata/recording-logger.ts';
import type { NextLook } from './delivery.ts';
import { Relay, type RelayOptions } from './relay.ts';
import { FakeFleet, FakeLeadership, FakeOutbox } from './testdata/fakes.ts';

const tick = (ms = 20) => new Promise((resolve) => setTimeout(resolve, ms));
const ALL = Array.from({ length: OUTBOX_SHARDS }, (_, shard) => shard);

describe('Relay', () => {
  const running: Relay[] = [];
  afterEach(() => Promise.all(running.splice(0).map((relay) => relay.stop())));

  function start(
    deliver: (shards: readonly number[]) => Promise<NextLook> = () => Promise.resolve({ shards: [] }),
    options: Partial<RelayOptions> = {},
    leadership = new FakeLeadership(),
  ) {
    const calls = { delivered: 0, settled: 0, asked: 0 };
    const looks: (readonly number[])[] = [];
    const busy = new Set<number>();
    const receiver = { away: false };
    const delivery = {
      lane: 'kafka' as const,
      ready: () => {
        calls.asked += 1;
        return receiver.away ? Promise.reject(new Error('kafka away')) : Promise.resolve();
      },
      deliver: (shards: readonly number[]) => {
        calls.delivered += 1;
        looks.push(shards);
        return deliver(shards);
      },
      idle: (shard: number) => !busy.has(shard),
      settle: () => {
        calls.settled += 1;
        return Promise.resolve();
      },
    };
    const { lines, ...logger } = recordingLogger();
    const sut = new Relay(delivery, {
      leadership: leadership as unknown as Leadership,
      outbox: new FakeOutbox() as unknown as Outbox,
      logger,
      pollMs: 60_000,
      reviewMs: 10,
      ...options,
    });
    running.push(sut);
    sut.start();
    return { sut, calls, looks, busy, receiver, lines, leadership };
  }

  const led = (sut: Relay) => ALL.filter((shard) => sut.leads(shard));

  it('looks at once at the shard that is woken, and at no other', async () => {
    const { sut, looks } = start();
    await eventually(() => looks.length > 0);
    expect(looks).toEqual([ALL]);
    sut.wake(3);
    await eventually(() => looks.length > 1);
    await tick();
    expect(looks).toEqual([ALL, [3]]);
  });

  it('misses no wake that comes while it delivers', async () => {
    const delivering = Promise.withResolvers<NextLook>();
    const answers = [delivering.promise];
    const { sut, looks } = start(() => answers.shift() ?? Promise.resolve({ shards: [] }));
    await eventually(() => looks.length > 0);
    sut.wake(5);
    delivering.resolve({ shards: [] });
    await eventually(() => looks.length > 1);
    expect(looks).toEqual([ALL, [5]]);
  });

  it('lets rows gather between two looks, however often it is woken', async () => {
    const since = performance.now();
    const { sut, calls } = start(undefined, { gatherMs: 100 });
    const waking = setInterval(() => sut.wake(1), 1);
    await eventually(() => calls.delivered > 4);
    clearInterval(waking);
    expect(calls.delivered).toBeLessThanOrEqual((performance.now() - since) / 100 + 2);
  });

  it('looks at all shards by itself after the poll interval', async () => {
    const { calls, looks } = start(undefined, { pollMs: 10 });
    await eventually(() => calls.delivered > 2);
    expect(looks.at(-1)).toEqual(ALL);
  });

  it('looks by itself more often while the commits of others do not wake it', async () => {
    const { calls } = start(undefined, { deafPollMs: 10, hears: () => false });
    await eventually(() => calls.delivered > 2);
  });

  it('looks again when a delivery says so', async () => {
    const answers: NextLook[] = [{ shards: [], inMs: 30 }];
    const { looks } = start(() => Promise.resolve(answers.shift() ?? { shards: [] }));
    await eventually(() => looks.length === 2);
    expect(looks[1]).toEqual(ALL);
  });

  it('goes on without waiting while there is more', async () => {
    let left = 5;
    const { looks } = start(() => Promise.resolve({ shards: (left -= 1) > 0 ? [2] : [] }));
    await eventually(() => looks.length > 4);
    expect(looks).toEqual([ALL, [2], [2], [2], [2]]);
  });

  it('gives the lead up on an error, and tries again once the receiver can be reached', async () => {
    let failures = 2;
    const { calls, lines, receiver } = start(() => {
      failures -= 1;
      return failures >= 0 ? Promise.reject(new Error('kafka away')) : Promise.resolve({ shards: [] });
    });
    await eventually(() => calls.settled === 2);
    receiver.away = true;
    await eventually(() => calls.asked >= 2);
    expect(calls).toMatchObject({ delivered: 2, settled: 2 });
    receiver.away = false;
    await eventually(() => calls.delivered === 3);
    expect(lines.filter(({ message }) => message === 'outbox relay interrupted').length).toBeGreaterThan(2);
  });

  it('does not count among those that share the shards while its receiver is away', async () => {
    const fleet = new FakeFleet();
    const broken = start(() => Promise.reject(new Error('kafka away')), {}, fleet.leadership());
    broken.receiver.away = true;
    const other = start(undefined, {}, fleet.leadership());
    await eventually(() => led(other.sut).length === OUTBOX_SHARDS);
    expect(led(broken.sut)).toEqual([]);
  });

  it('waits while an instance of an older release leads, and leads when that one is gone', async () => {
    const fleet = new FakeFleet();
    const old = await fleet.leadership().connect();
    await old.lock('outbox kafka');
    const { calls } = start(undefined, {}, fleet.leadership());
    await tick(50);
    expect(calls.delivered).toBe(0);
    await old.end();
    await eventually(() => calls.delivered === 1);
  });

  it('shares the shards with those that come, and takes over those of the ones that go', async () => {
    const fleet = new FakeFleet();
    const pods = [start(undefined, {}, fleet.leadership())];
    const shares = () => pods.map(({ sut }) => led(sut).length);
    const complete = () => new Set(pods.flatMap(({ sut }) => led(sut))).size === OUTBOX_SHARDS;
    for (const expected of [[16], [8, 8], [6, 5, 5], [4, 4, 4, 4], [4, 3, 3, 3, 3]]) {
      if (pods.length < expected.length) pods.push(start(undefined, {}, fleet.leadership()));
      await eventually(
        () =>
          complete() &&
          shares()
            .toSorted((a, b) => b - a)
            .join() === expected.join(),
      );
    }
    pods[1]?.leadership.lose();
    await pods[0]?.sut.stop();
    pods.shift();
    await eventually(() => complete() && shares().every((share) => share === 4));
  });

  it('keeps a shard that it is to give back until nothing of it is being delivered', async () => {
    const fleet = new FakeFleet();
    const first = start(undefined, {}, fleet.leadership());
    await eventually(() => led(first.sut).length === OUTBOX_SHARDS);
    for (const shard of ALL) first.busy.add(shard);
    const second = start(undefined, {}, fleet.leadership());
    await eventually(() => led(first.sut).length === 8);
    await tick(50);
    expect(second.looks).toEqual([]);
    first.busy.clear();
    await eventually(() => led(second.sut).length === 8);
    expect([...led(first.sut), ...led(second.sut)].toSorted((a, b) => a - b)).toEqual(ALL);
  });

  it('leads no more once its lease is lost, and what was begun is ended first', async () => {
    const fleet = new FakeFleet();
    const { calls, leadership } = start(undefined, { pollMs: 5, reviewMs: 5 }, fleet.leadership());
    await eventually(() => calls.delivered > 0);
    const old = await fleet.leadership().connect();
    leadership.lose();
    await old.lock('outbox kafka');
    await eventually(() => calls.settled === 1);
    const { delivered } = calls;
    await tick(40);
    expect(calls).toMatchObject({ delivered, settled: 1 });
  });

  it('reports the depth of its lane, and how many shards it leads', async () => {
    const depths: number[] = [];
    const shares: number[] = [];
    const { sut } = start(undefined, {
      depthIntervalMs: 5,
      observer: { depth: ({ rows }) => depths.push(rows), leads: (shards) => shares.push(shards) },
    });
    await eventually(() => depths.length > 0);
    expect(depths[0]).toBe(0);
    await sut.stop();
    expect([shares[0], shares.at(-1)]).toEqual([OUTBOX_SHARDS, 0]);
  });
});
