import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '@ocpp-gw/testing';
import { decode, latencyOf } from '../measure/histogram.ts';
import type { Version } from '../plan/fleet.ts';
import { DEFAULT_MIX } from '../plan/mix.ts';
import type { Phase } from '../plan/phases.ts';
import { Generator } from './generator.ts';
import { accept, Csms } from './testdata/csms.ts';

const phase = (name: Phase['name'], more: Partial<Phase> = {}): Phase => ({
  name,
  seconds: 0.5,
  perSecond: 0,
  mix: DEFAULT_MIX,
  ...more,
});
const BOOT = phase('boot', { seconds: 0, event: 'connect' });
const END = phase('end', { seconds: 0.1, event: 'end' });
const only = (kind: keyof typeof DEFAULT_MIX) => ({
  ...{ Heartbeat: 0, StatusNotification: 0, MeterValues: 0, Transaction: 0 },
  [kind]: 1,
});

describe(Generator.name, () => {
  let csms: Csms;
  let generator: Generator;

  const start = (chargers: number, versions: readonly Version[] = ['1.6'], urls = [csms.url], sources = 0): void => {
    generator = new Generator(
      {
        fleet: { chargers, versions, sources, urls, prefix: 'G-' },
        range: { from: 0, to: chargers },
        seed: 1,
        run: 'abcdefg',
      },
      () => undefined,
    );
  };
  const run = (one: Phase) => generator.run(one, Date.now());

  beforeEach(async () => void (csms = await Csms.start()));
  afterEach(() => {
    generator.stop();
    csms.stop();
  });

  it.each(['1.6', '2.0.1'] as const)('a charger of %s boots, charges and ends its transaction', async (version) => {
    start(1, [version]);
    const boot = await run(BOOT);
    expect(boot).toMatchObject({ planned: 2, answered: 2, away: 1, errors: {} });
    expect(latencyOf(decode(boot.returns)).count).toBe(1);
    await run(phase('steady', { perSecond: 2, mix: only('Transaction') }));
    await run(phase('steady', { perSecond: 8, mix: only('MeterValues') }));
    await run(END);
    const [started, ...others] = generator.acknowledged;
    const ended = others.at(-1);
    expect(started).toMatchObject({ cpId: 'G-000001', kind: 'started', registerWh: expect.any(Number) });
    expect(ended).toMatchObject({ kind: 'ended', transactionId: started?.transactionId });
    expect(ended?.registerWh).toBeGreaterThan(started?.registerWh ?? Infinity);
    // 2.0.1 numbers its events without a hole.
    if (version === '2.0.1')
      expect(generator.acknowledged.map(({ seqNo }) => seqNo)).toEqual(generator.acknowledged.map((_, n) => n));
    expect(csms.actions.slice(0, 2)).toEqual(['BootNotification', 'StatusNotification']);
  });

  it('plans what it is to plan, and counts from then though the server is slow', async () => {
    start(1);
    await run(BOOT);
    csms.answer = () => undefined;
    const running = run(phase('steady', { perSecond: 20, mix: only('Heartbeat') }));
    await eventually(
      () => csms.actions.filter((action) => action === 'Heartbeat').length,
      (sent) => sent > 0,
    );
    // The first one is answered late; the others were planned meanwhile and go out one after the other.
    setTimeout(() => {
      csms.answer = accept;
      csms.sockets[0]?.send(JSON.stringify([3, csms.calls.at(-1)?.[1], {}]));
    }, 1000);
    const { planned, answered, latency } = await running;
    expect(answered).toBe(planned);
    expect(planned).toBeGreaterThan(4);
    // Most of them waited, though each was answered at once when it was sent at last.
    expect(latencyOf(decode(latency['Heartbeat'] ?? '')).p50).toBeGreaterThan(300);
  });

  it('counts errors by action and code, and keeps nothing that was refused', async () => {
    start(1);
    await run(BOOT);
    csms.answer = (call) => (call[2] === 'StartTransaction' ? 'InternalError' : accept(call));
    const { errors } = await run(phase('steady', { perSecond: 4, mix: only('Transaction') }));
    expect(Object.keys(errors)).toEqual(['StartTransaction InternalError']);
    expect(generator.acknowledged).toEqual([]);
  });

  it('sends what a bill needs again after a lost connection, as it was, and chatter not', async () => {
    start(1);
    await run(BOOT);
    csms.answer = (call) => (call[2] === 'StartTransaction' ? undefined : accept(call));
    const running = run(phase('reconnect', { perSecond: 3, mix: only('Transaction'), event: 'kill' }));
    await eventually(
      () => csms.actions.filter((action) => action === 'StartTransaction').length,
      (sent) => sent > 0,
    );
    csms.answer = accept;
    csms.sockets[0]?.terminate();
    const { away, answered, planned, closed } = await running;
    const [first, second] = csms.calls.filter(([, , action]) => action === 'StartTransaction');
    expect(second).toEqual(first);
    expect(generator.acknowledged[0]).toMatchObject({ kind: 'started' });
    expect({ away, answered, closed }).toEqual({ away: 1, answered: planned, closed: {} });
    // A charger that was booted says its status, and boots no more.
    expect(csms.actions.filter((action) => action === 'BootNotification')).toHaveLength(1);
  });

  it('cuts half of the connections, which come back', async () => {
    start(8, ['1.6', '2.0.1']);
    await run(BOOT);
    const { away, returns } = await run(phase('reconnect', { event: 'cut' }));
    expect(away).toBe(4);
    expect(latencyOf(decode(returns)).count).toBe(4);
    expect(csms.sockets).toHaveLength(12);
  });

  it('waits as long as a refused handshake says, and goes to the next edge when nobody is there', async () => {
    csms.refusals = 1;
    start(2, ['1.6'], ['ws://127.0.0.1:1', csms.url]);
    const { refused, answered } = await run(BOOT);
    expect(refused).toEqual({ ECONNREFUSED: 1, 'HTTP 503': 1 });
    expect(answered).toBe(4);
  });

  it('comes from the addresses that it is to use', async () => {
    start(4, ['1.6'], [csms.url], 2);
    await run(BOOT);
    expect(csms.sources.toSorted()).toEqual(['127.0.0.2', '127.0.0.2', '127.0.0.3', '127.0.0.3']);
  });

  it('takes every command', async () => {
    start(1);
    await run(BOOT);
    const running = run(phase('idle', { seconds: 0.2 }));
    csms.sockets[0]?.send('[2,"c-1","ClearCache",{}]');
    expect((await running).commands).toBe(1);
    expect(csms.answers).toEqual(['[3,"c-1",{"status":"Accepted"}]']);
  });
});
