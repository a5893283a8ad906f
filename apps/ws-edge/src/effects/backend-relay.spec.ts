import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Leadership, Outbox } from '@ocpp-gw/persistence';
import { BackendRelay, type BackendRelayOptions } from './backend-relay.ts';
import { FakeLeadership, FakeOutbox, recordingLogger } from './testdata/relay-fakes.ts';

const tick = (ms = 30) => new Promise((resolve) => setTimeout(resolve, ms));
const refusal = (retriable: boolean) => Object.assign(new Error('refused'), { retriable });

describe('BackendRelay', () => {
  let sut: BackendRelay;
  afterEach(() => sut.stop());

  async function setUp(
    calls: [cpId: string, n: number][],
    deliver: (cpId: string, n: number) => Promise<void> | void = () => undefined,
    options: Partial<BackendRelayOptions> = {},
  ) {
    const outbox = new FakeOutbox();
    const delivered: string[] = [];
    const keys: string[] = [];
    await outbox.append(
      calls.map(([cpId, n]) => ({
        lane: 'backend' as const,
        destination: '/sessions',
        cpId,
        eventId: randomUUID(),
        payload: Buffer.from(JSON.stringify({ n })),
      })),
    );
    const { logger, lines } = recordingLogger();
    sut = new BackendRelay({
      leadership: new FakeLeadership() as unknown as Leadership,
      outbox: outbox as unknown as Outbox,
      logger,
      pollMs: 5,
      standbyMs: 5,
      initialBackoffMs: 20,
      maxBackoffMs: 40,
      deliver: async (path, cpId, data, key) => {
        const { n } = data as { n: number };
        keys.push(key);
        await deliver(cpId, n);
        delivered.push(`${path}/${cpId}/${n}`);
      },
      ...options,
    });
    sut.start();
    return { outbox, delivered, keys, lines };
  }

  it("delivers each charger's calls in order and forgets them", async () => {
    const { outbox, delivered } = await setUp([
      ['A', 1],
      ['A', 2],
      ['A', 3],
    ]);
    await tick();
    expect(delivered).toEqual(['/sessions/A/1', '/sessions/A/2', '/sessions/A/3']);
    expect(outbox.rows).toEqual([]);
  });

  it('tries a failed call again with the same key before anything else of that charger', async () => {
    let failures = 2;
    const { delivered, keys } = await setUp(
      [
        ['A', 1],
        ['A', 2],
      ],
      (_cpId, n) => {
        if (n === 1 && (failures -= 1) >= 0) throw refusal(true);
      },
    );
    await tick(200);
    expect(delivered).toEqual(['/sessions/A/1', '/sessions/A/2']);
    expect(new Set(keys.slice(0, 3)).size).toBe(1);
    expect(keys).toHaveLength(4);
  });

  it('lets a charger that fails or hangs hold up no other', async () => {
    const hanging = Promise.withResolvers<void>();
    const { delivered } = await setUp(
      [
        ['A', 1],
        ['B', 1],
        ['C', 1],
        ['C', 2],
      ],
      (cpId) => (cpId === 'A' ? Promise.reject(refusal(true)) : cpId === 'B' ? hanging.promise : Promise.resolve()),
    );
    await tick(60);
    expect(delivered).toEqual(['/sessions/C/1', '/sessions/C/2']);
    hanging.resolve();
    await tick();
    expect(delivered).toContain('/sessions/B/1');
  });

  it('serves no more chargers at once than it may', async () => {
    let [now, most] = [0, 0];
    const { delivered } = await setUp(
      Array.from({ length: 12 }, (_, n) => [`CP-${n}`, 1]),
      async () => {
        now += 1;
        most = Math.max(most, now);
        await tick(5);
        now -= 1;
      },
      { concurrency: 3 },
    );
    await tick(300);
    expect(delivered).toHaveLength(12);
    expect(most).toBe(3);
  });

  it('puts aside what the backend refuses for good, and goes on with the next', async () => {
    const { outbox, delivered, lines } = await setUp(
      [
        ['A', 1],
        ['A', 2],
      ],
      (_cpId, n) => {
        if (n === 1) throw refusal(false);
      },
    );
    await tick();
    expect(delivered).toEqual(['/sessions/A/2']);
    expect(outbox.texts('backend-dead')).toEqual(['{"n":1}']);
    expect(lines).toContain('backend refused a session call');
  });

  it('finishes what it is delivering when it stops, and begins nothing more', async () => {
    const delivering = Promise.withResolvers<void>();
    const { outbox, delivered } = await setUp(
      [
        ['A', 1],
        ['A', 2],
      ],
      () => delivering.promise,
    );
    await tick();
    const stopped = sut.stop();
    delivering.resolve();
    await stopped;
    expect(delivered).toEqual(['/sessions/A/1']);
    expect(outbox.texts('backend')).toEqual(['{"n":2}']);
  });

  it('gives the lead up when the database fails, and recovers', async () => {
    const { outbox, delivered, lines } = await setUp([['A', 1]]);
    const remove = outbox.remove.bind(outbox);
    let failures = 1;
    outbox.remove = (ids) => ((failures -= 1) >= 0 ? Promise.reject(new Error('postgres away')) : remove(ids));
    await tick(500);
    expect(lines).toContain('outbox relay interrupted');
    expect(delivered).toEqual(['/sessions/A/1', '/sessions/A/1']);
    expect(outbox.rows).toEqual([]);
  });
});
