import { afterEach, describe, expect, it } from '@jest/globals';
import type { Leadership, Outbox } from '@ocpp-gw/persistence';
import { FakeLeadership, FakeOutbox, recordingLogger } from './testdata/relay-fakes.ts';
import { Relay, type RelayOptions } from './relay.ts';

const tick = (ms = 20) => new Promise((resolve) => setTimeout(resolve, ms));

describe('Relay', () => {
  const running: Relay[] = [];
  afterEach(() => Promise.all(running.splice(0).map((relay) => relay.stop())));

  function start(
    drain: () => Promise<boolean>,
    options: Partial<RelayOptions> = {},
    leadership = new FakeLeadership(),
  ) {
    const calls = { drained: 0, settled: 0 };
    const lane = {
      name: 'kafka' as const,
      drain: () => {
        calls.drained += 1;
        return drain();
      },
      settle: () => {
        calls.settled += 1;
        return Promise.resolve();
      },
    };
    const { logger, lines } = recordingLogger();
    const sut = new Relay(lane, {
      leadership: leadership as unknown as Leadership,
      outbox: new FakeOutbox() as unknown as Outbox,
      logger,
      pollMs: 60_000,
      standbyMs: 10,
      ...options,
    });
    running.push(sut);
    sut.start();
    return { sut, calls, lines, leadership };
  }

  it('looks at once when nudged', async () => {
    const { sut, calls } = start(() => Promise.resolve(false));
    await tick();
    expect(calls.drained).toBe(1);
    sut.nudge();
    await tick();
    expect(calls.drained).toBe(2);
  });

  it('misses no nudge that comes while it delivers', async () => {
    const delivering = Promise.withResolvers<boolean>();
    const answers = [delivering.promise];
    const { sut, calls } = start(() => answers.shift() ?? Promise.resolve(false));
    await tick();
    sut.nudge();
    delivering.resolve(false);
    await tick();
    expect(calls.drained).toBe(2);
  });

  it('lets rows gather between two drains, however often it is nudged', async () => {
    const { sut, calls } = start(() => Promise.resolve(false), { gatherMs: 100 });
    const nudging = setInterval(() => sut.nudge(), 1);
    await tick(450);
    clearInterval(nudging);
    expect(calls.drained).toBeGreaterThan(2);
    expect(calls.drained).toBeLessThanOrEqual(6);
  });

  it('looks by itself after the poll interval', async () => {
    const { calls } = start(() => Promise.resolve(false), { pollMs: 10 });
    await tick(300);
    expect(calls.drained).toBeGreaterThan(2);
  });

  it('goes on without waiting while there is more', async () => {
    let left = 5;
    const { calls } = start(() => Promise.resolve((left -= 1) > 0));
    await tick();
    expect(calls.drained).toBe(5);
  });

  it('gives the lead up on an error and tries again', async () => {
    let failures = 2;
    const { calls, lines } = start(() => {
      failures -= 1;
      return failures >= 0 ? Promise.reject(new Error('kafka away')) : Promise.resolve(false);
    });
    await tick(900);
    expect(calls).toEqual({ drained: 3, settled: 2 });
    expect(lines.filter((line) => line === 'outbox relay interrupted')).toHaveLength(2);
  });

  it('waits while another pod leads, and leads when that one is gone', async () => {
    const leadership = new FakeLeadership();
    leadership.free = false;
    const { calls } = start(() => Promise.resolve(false), {}, leadership);
    await tick(50);
    expect(calls.drained).toBe(0);
    leadership.free = true;
    await tick(50);
    expect(calls.drained).toBe(1);
  });

  it('leads no more once its lease is lost', async () => {
    const { calls, leadership } = start(() => Promise.resolve(false), { pollMs: 5 });
    await tick();
    leadership.lose();
    await tick(40);
    const { drained } = calls;
    await tick(40);
    expect(calls).toEqual({ drained, settled: 1 });
  });

  it('reports the depth of its lane', async () => {
    const depths: number[] = [];
    start(() => Promise.resolve(false), { depthIntervalMs: 5, observer: { depth: ({ rows }) => depths.push(rows) } });
    await tick(60);
    expect(depths[0]).toBe(0);
  });
});
