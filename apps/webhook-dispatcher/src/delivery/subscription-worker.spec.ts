import { describe, expect, it } from '@jest/globals';
import type { ClaimedDelivery } from '@ocpp-gw/persistence';
import type { Logger } from '@ocpp-gw/service-kit';
import { eventually } from '@ocpp-gw/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import { Subscriptions, type Subscription } from '../subscriptions/subscriptions.ts';
import type { HeldDelivery } from './held-deliveries.ts';
import { SubscriptionWorker } from './subscription-worker.ts';

const subscription: Subscription = {
  name: 'a',
  url: 'https://a.b',
  secrets: [{ value: 'whsec_', until: null }],
  events: ['*'],
  ordered: true,
  state: 'active',
};

const delivery = (id: string): ClaimedDelivery => ({
  id,
  subscription: 'a',
  eventId: id,
  eventType: 'cp.boot',
  cpId: 'CP1',
  body: '{}',
  recordedAt: new Date(0),
  attempts: 1,
  createdAt: new Date(0),
});

const held = (id: string, facts: Partial<HeldDelivery> = {}): HeldDelivery => ({
  ...delivery(id),
  heldUntil: new Date(Date.now() + 10_000),
  ...facts,
});

function setUp(
  options: {
    isFirst?: (id: string) => boolean;
    settledBefore?: () => Date;
    concurrency?: number;
    claim?: () => void;
    attempt?: (delivery: ClaimedDelivery) => Promise<void>;
  } = {},
) {
  const due: ClaimedDelivery[] = [];
  const released: string[] = [];
  const claimedHeld: string[] = [];
  const begun: string[] = [];
  const errors: string[] = [];
  let running = 0;
  let most = 0;
  const logger: Logger = {
    debug() {},
    info() {},
    warn() {},
    error: (message) => void errors.push(message),
    child: () => logger,
  };
  const subscriptions = new Subscriptions([subscription]);
  let claims = 0;
  const sut = new SubscriptionWorker({
    name: 'a',
    subscriptions,
    queue: {
      claimDue: ({ limit }) => {
        claims += 1;
        options.claim?.();
        return Promise.resolve(due.splice(0, limit));
      },
      stillHeld: (rows) => Promise.resolve(rows.map(({ id }) => ({ id, isFirst: options.isFirst?.(id) ?? true }))),
      claimHeld: (rows) => Promise.resolve(void claimedHeld.push(...rows.map(({ id }) => id))),
      release: (rows) => Promise.resolve(void released.push(...rows.map(({ id }) => id))),
    },
    heldBytes: { bytes: 0 },
    attempt: async (_, taken) => {
      begun.push(taken.id);
      running += 1;
      most = Math.max(most, running);
      try {
        await (options.attempt?.(taken) ?? sleep(1));
      } finally {
        running -= 1;
      }
    },
    settledBefore: options.settledBefore ?? (() => new Date(1)),
    concurrency: options.concurrency ?? 2,
    leaseMs: 1000,
    pollMs: 20,
    logger,
  });
  return { sut, due, begun, errors, released, claimedHeld, subscriptions, most: () => most, claims: () => claims };
}

describe('SubscriptionWorker', () => {
  it('delivers what is due, never more at once than its share', async () => {
    const { sut, due, begun, most } = setUp({ concurrency: 3 });
    due.push(...Array.from({ length: 20 }, (_, n) => delivery(String(n))));
    sut.start();
    await eventually(() => begun.length === 20);
    await sut.stop();
    expect(begun).toHaveLength(20);
    expect(most()).toBe(3);
  });

  it('finds what becomes due without being woken', async () => {
    const { sut, due, begun, claims } = setUp();
    sut.start();
    await eventually(() => claims() > 0);
    due.push(delivery('late'));
    await eventually(() => begun.length > 0);
    await sut.stop();
    expect(begun).toEqual(['late']);
  });

  it('rests when all its share is taken, however often it is woken', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const { sut, due, begun, claims } = setUp({ concurrency: 1, attempt: () => held });
    due.push(delivery('slow'));
    sut.start();
    await eventually(() => begun.length === 1);
    for (let n = 0; n < 100; n += 1) sut.wake();
    await sleep(50);
    expect(claims()).toBe(1);
    release();
    await sut.stop();
  });

  it('does not claim for each attempt that ends', async () => {
    const { sut, due, begun, claims } = setUp({ concurrency: 8, attempt: () => sleep(2) });
    const since = performance.now();
    let came = 0;
    const coming = setInterval(() => {
      // One each 2 ms, also for a time in which this process could not run.
      for (; came < (performance.now() - since) / 2; came += 1) due.push(delivery('next'));
      sut.wake();
    }, 2);
    sut.start();
    await eventually(() => begun.length > 100);
    clearInterval(coming);
    await sut.stop();
    expect(begun.length).toBeGreaterThan(2 * claims());
  });

  it('ends what it has begun before it stops, and begins nothing more', async () => {
    let ended = false;
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    const attempt = async (): Promise<void> => {
      await held;
      await sleep(5);
      ended = true;
    };
    const { sut, due, begun } = setUp({ concurrency: 1, attempt });
    due.push(delivery('1'), delivery('2'));
    sut.start();
    await eventually(() => begun.length === 1);
    const stopped = sut.stop();
    release();
    await stopped;
    expect([ended, begun]).toEqual([true, ['1']]);
  });

  it('goes on after the database was away', async () => {
    let tries = 0;
    const claim = (): void => {
      tries += 1;
      if (tries < 3) throw new Error('away');
    };
    const { sut, due, begun, errors } = setUp({ claim });
    due.push(delivery('1'));
    sut.start();
    await eventually(() => begun.length === 1);
    await sut.stop();
    expect(begun).toEqual(['1']);
    expect(errors).toContain('webhook deliveries cannot be claimed');
  });

  it('reports an outcome that could not be written', async () => {
    const { sut, due, errors } = setUp({ attempt: () => Promise.reject(new Error('away')) });
    due.push(delivery('1'));
    sut.start();
    await eventually(() => errors.length > 0);
    await sut.stop();
    expect(errors).toEqual(['webhook outcome cannot be written']);
  });

  it('delivers what it holds in the order of the charge point, and others beside', async () => {
    const ends = new Map<string, () => void>();
    const attempt = ({ id }: ClaimedDelivery) => new Promise<void>((resolve) => ends.set(id, resolve));
    const { sut, begun, released } = setUp({ concurrency: 8, attempt });
    sut.hold([
      held('2', { recordedAt: new Date(2) }),
      held('1', { recordedAt: new Date(1) }),
      held('3', { cpId: 'CP2' }),
    ]);
    sut.start();
    await eventually(() => begun.length === 2);
    await sleep(60);
    expect(begun).toEqual(['1', '3']);
    ends.get('1')?.();
    await eventually(() => begun.length === 3);
    for (const end of ends.values()) end();
    await sut.stop();
    expect([begun, released]).toEqual([['1', '3', '2'], []]);
  });

  it('does not deliver what it holds before the watermark, nor behind an older one that is pending elsewhere', async () => {
    let settled = 0;
    let isFirst = false;
    const { sut, begun } = setUp({ settledBefore: () => new Date(settled), isFirst: () => isFirst });
    sut.hold([held('1')]);
    sut.start();
    await sleep(60);
    expect(begun).toEqual([]);
    settled = 1;
    sut.wake();
    await sleep(60);
    expect(begun).toEqual([]);
    isFirst = true;
    await eventually(() => begun.length === 1);
    await sut.stop();
  });

  it('leaves to claims what it cannot deliver in time, and holds nothing more until it keeps up', async () => {
    const { sut, due, begun, released } = setUp({ concurrency: 1, isFirst: () => false });
    sut.hold([held('1', { heldUntil: new Date(Date.now() + 4_100) })]);
    expect(sut.holds).toBe(true);
    sut.start();
    await eventually(() => released.length === 1);
    expect(begun).toEqual([]);
    due.push(delivery('1'));
    sut.wake();
    await eventually(() => begun.length === 1 && sut.holds);
    await sut.stop();
    expect(begun).toEqual(['1']);
  });

  it('makes a claim of an attempt that outlasts the time for which its row is held', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { sut, claimedHeld } = setUp({ attempt: () => promise });
    sut.hold([held('1', { heldUntil: new Date(Date.now() + 4_050) })]);
    sut.start();
    await eventually(() => claimedHeld.length > 0);
    resolve();
    await sut.stop();
    expect(claimedHeld).toEqual(['1']);
  });

  it('gives back what it holds when it stops, and what comes later', async () => {
    const { sut, begun, released } = setUp({ settledBefore: () => new Date(0) });
    sut.hold([held('1')]);
    sut.start();
    await sut.stop();
    expect(sut.holds).toBe(false);
    sut.hold([held('2')]);
    expect([begun, released]).toEqual([[], ['1', '2']]);
  });

  it('holds no more than its limit', async () => {
    const { sut } = setUp({ settledBefore: () => new Date(0) });
    sut.hold([held('1', { body: 'x'.repeat(32 * 1024 * 1024) })]);
    expect(sut.holds).toBe(false);
    sut.start();
    await sut.stop();
  });

  it('claims nothing more once its subscription is disabled', async () => {
    const { sut, due, begun, subscriptions } = setUp();
    sut.start();
    subscriptions.disable('a');
    sut.wake();
    await sleep(30);
    due.push(delivery('1'));
    await sleep(60);
    await sut.stop();
    expect(begun).toEqual([]);
  });
});
