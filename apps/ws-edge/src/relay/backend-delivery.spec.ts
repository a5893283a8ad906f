import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Leadership } from '@ocpp-gw/persistence';
import { eventually } from '@ocpp-gw/testing';
import { BackendError } from '../backend/errors.ts';
import { recordingLogger } from '../testdata/recording-logger.ts';
import { BackendDelivery, type BackendDeliveryOptions } from './backend-delivery.ts';
import { Relay } from './relay.ts';
import { FakeLeadership, FakeOutbox } from './testdata/fakes.ts';

const tick = (ms = 30) => new Promise((resolve) => setTimeout(resolve, ms));
const refusal = (retriable: boolean) => new BackendError('status', 'refused', { retriable });

const call = (cpId: string, n: number) => ({
  lane: 'backend' as const,
  destination: '/sessions',
  cpId,
  eventId: randomUUID(),
  payload: Buffer.from(JSON.stringify({ n })),
});

describe('BackendDelivery', () => {
  let sut: Relay;
  afterEach(() => sut.stop());

  async function setUp(
    calls: [cpId: string, n: number][],
    deliver: (cpId: string, n: number) => Promise<void> | void = () => undefined,
    options: Partial<BackendDeliveryOptions> = {},
  ) {
    const outbox = new FakeOutbox();
    const delivered: string[] = [];
    const keys: string[] = [];
    await outbox.append(calls.map(([cpId, n]) => call(cpId, n)));
    const { lines, ...logger } = recordingLogger();
    const circuit = { admitsInMs: 0, probing: false };
    const delivery = new BackendDelivery({
      outbox,
      retries: outbox,
      logger,
      initialBackoffMs: 20,
      maxBackoffMs: 40,
      backend: {
        circuit,
        deliver: async (path, cpId, data, key) => {
          const { n } = data as { n: number };
          keys.push(key);
          await deliver(cpId, n);
          delivered.push(`${path}/${cpId}/${n}`);
        },
      },
      ...options,
    });
    sut = new Relay(delivery, {
      leadership: new FakeLeadership() as unknown as Leadership,
      outbox,
      logger,
      reviewMs: 5,
    });
    sut.start();
    const append = async (cpId: string, n: number) => {
      for (const { shard } of await outbox.append([call(cpId, n)])) sut.wake(shard);
    };
    return { outbox, append, circuit, delivered, keys, lines };
  }

  it("delivers each charger's calls in order and forgets them", async () => {
    const { outbox, delivered } = await setUp([
      ['A', 1],
      ['A', 2],
      ['A', 3],
    ]);
    await eventually(() => outbox.rows.length === 0);
    expect(delivered).toEqual(['/sessions/A/1', '/sessions/A/2', '/sessions/A/3']);
  });

  it('tries a failed call again with the same key before anything else of that charger', async () => {
    let failures = 2;
    const { outbox, delivered, keys } = await setUp(
      [
        ['A', 1],
        ['A', 2],
      ],
      (_cpId, n) => {
        if (n === 1 && (failures -= 1) >= 0) throw refusal(true);
      },
    );
    await eventually(() => outbox.rows.length === 0);
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
    await eventually(() => delivered.length === 2);
    expect(delivered).toEqual(['/sessions/C/1', '/sessions/C/2']);
    hanging.resolve();
    await eventually(() => delivered.includes('/sessions/B/1'));
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
    await eventually(() => delivered.length === 12);
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
    await eventually(() => outbox.texts('backend').length === 0);
    expect(delivered).toEqual(['/sessions/A/2']);
    expect(outbox.texts('backend-dead')).toEqual(['{"n":1}']);
    expect(lines.map(({ message }) => message)).toContain('backend refused a session call');
  });

  it('finishes what it is delivering when it stops, and begins nothing more', async () => {
    const delivering = Promise.withResolvers<void>();
    const { outbox, delivered, keys } = await setUp(
      [
        ['A', 1],
        ['A', 2],
      ],
      () => delivering.promise,
    );
    await eventually(() => keys.length > 0);
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
    await eventually(() => outbox.rows.length === 0);
    expect(lines.map(({ message }) => message)).toContain('outbox relay interrupted');
    expect(delivered).toEqual(['/sessions/A/1', '/sessions/A/1']);
  });

  it('begins the wait anew after a success', async () => {
    const failing = new Set([1, 2]);
    const { outbox, lines } = await setUp(
      [
        ['A', 1],
        ['A', 2],
      ],
      (_cpId, n) => {
        if (failing.delete(n)) throw refusal(true);
      },
    );
    await eventually(() => outbox.rows.length === 0);
    const waits = lines.filter(({ message }) => message === 'backend did not take a session call');
    expect(waits.map(({ fields }) => fields['failures'])).toEqual([1, 1]);
  });

  it('holds what comes of a charger that waits, and delivers it after what it waits with', async () => {
    let away = true;
    const { outbox, append, delivered } = await setUp([['A', 1]], () => {
      if (away) throw refusal(true);
    });
    const held = (rows: number) => outbox.rows.length === rows && outbox.rows.every((row) => row.held);
    await eventually(() => held(1));
    await append('A', 2);
    await append('A', 3);
    await eventually(() => held(3));
    away = false;
    await eventually(() => outbox.rows.length === 0);
    expect(delivered).toEqual(['/sessions/A/1', '/sessions/A/2', '/sessions/A/3']);
    await append('A', 4);
    await eventually(() => outbox.rows.length === 0);
    expect(delivered.at(-1)).toBe('/sessions/A/4');
    expect(await outbox.next([1], 9, [])).toEqual([]);
  });

  it('reads nothing while the circuit is open, and begins one call to find out whether the backend is back', async () => {
    const answering = Promise.withResolvers<void>();
    const { outbox, append, circuit, keys, delivered } = await setUp([], () => answering.promise);
    await eventually(() => outbox.reads > 0);
    await tick();
    Object.assign(circuit, { admitsInMs: 50, probing: true });
    const { reads } = outbox;
    await append('A', 1);
    await append('B', 1);
    await tick(30);
    expect([outbox.reads, keys.length]).toEqual([reads, 0]);
    circuit.admitsInMs = 0;
    await eventually(() => keys.length > 0);
    await tick();
    expect(keys).toHaveLength(1);
    circuit.probing = false;
    answering.resolve();
    await eventually(() => delivered.length > 1);
    expect(delivered.toSorted()).toEqual(['/sessions/A/1', '/sessions/B/1']);
  });

  it('does not count it as a failure of the charger that the circuit has opened', async () => {
    let opens = true;
    const { outbox, append, circuit, delivered } = await setUp([], () => {
      if (!opens) return;
      circuit.admitsInMs = 60_000;
      throw new BackendError('circuitOpen', 'not asked', { retriable: true });
    });
    await append('A', 1);
    await eventually(() => circuit.admitsInMs > 0);
    await tick();
    expect([circuit.admitsInMs, delivered]).toEqual([60_000, []]);
    expect(await outbox.next([1], 9, [])).toEqual([]);
    opens = false;
    circuit.admitsInMs = 0;
    await append('A', 2);
    await eventually(() => delivered.length > 1);
    expect(delivered).toEqual(['/sessions/A/1', '/sessions/A/2']);
  });

  it('lets those that are tried again leave half of the places to the others', async () => {
    const failing = ['A', 'B', 'C', 'D'];
    const hanging = Promise.withResolvers<void>();
    let tried = 0;
    const { append, delivered } = await setUp(
      failing.map((cpId) => [cpId, 1]),
      (cpId) => {
        if (!failing.includes(cpId)) return;
        tried += 1;
        return tried > 4 ? hanging.promise : Promise.reject(refusal(true));
      },
      { concurrency: 4 },
    );
    await eventually(() => tried >= failing.length);
    for (let n = 1; n <= 20; n += 1) {
      await append('E', n);
      await tick(5);
    }
    await eventually(() => delivered.includes('/sessions/E/20'));
    hanging.resolve();
  });
});
