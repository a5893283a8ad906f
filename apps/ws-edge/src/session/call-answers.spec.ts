import { afterEach, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { chargePoint } from '../testdata/charge-point.ts';
import { passTime, startTime, stopTime } from './testdata/clock.ts';
import { TestEdge, type TestEdgeOptions } from './testdata/edge.ts';

let edge: TestEdge;

afterEach(startTime);
afterEach(() => edge.stop());

const stop = { transactionId: 7, meterStop: 9, timestamp: new Date().toISOString() };

async function start(options: TestEdgeOptions = {}) {
  const kept = new Map<string, string>();
  const asked: string[] = [];
  const cache = {
    find: (key: string) => (asked.push(key), Promise.resolve(kept.get(key) ?? null)),
    keep: (key: string, answer: string) => void kept.set(key, answer),
  };
  edge = await TestEdge.start({ cache, ...options });
  return { kept, asked };
}

describe('a repeated CALL', () => {
  it('is answered as before, establishes nothing again, and is counted', async () => {
    await start();
    const charger = await edge.connect('CP1');
    await charger.boot();
    const first = await charger.call('s', 'StopTransaction', stop);
    expect(await charger.call('s', 'StopTransaction', stop)).toEqual(first);
    expect(edge.committed.map(({ kind }) => kind)).toEqual(['stationBooted', 'transactionEnded']);
    expect(await edge.metric('replays', { protocol: 'ocpp1.6', action: 'StopTransaction' })).toBe(1);
    expect(edge.logger.lines).toContainEqual(
      expect.objectContaining({ level: 'debug', message: 'call answered from the cache' }),
    );
  });

  it('that was refused is tried again', async () => {
    let fails = true;
    await start({
      commit: () => (fails ? Promise.reject(new Error('postgres away')) : Promise.resolve()),
      stations: { cp1: chargePoint({ cpId: 'CP1' }) },
    });
    const charger = await edge.connect('CP1');
    expect(await charger.call('s', 'StopTransaction', stop)).toMatchObject({ code: 'InternalError' });
    fails = false;
    expect(await charger.call('s', 'StopTransaction', stop)).toMatchObject({ result: 's' });
    expect(edge.committed).toHaveLength(1);
  });

  it('is handled anew where what was kept is no answer', async () => {
    const { kept } = await start();
    const charger = await edge.connect('CP1');
    await charger.boot();
    await charger.call('s', 'StopTransaction', stop);
    for (const key of kept.keys()) kept.set(key, '{"idTagInfo":');
    expect(await charger.call('s', 'StopTransaction', stop)).toMatchObject({ result: 's' });
    expect(edge.committed.map(({ kind }) => kind)).toEqual(['stationBooted', 'transactionEnded', 'transactionEnded']);
  });

  it('of a station that is not accepted comes to the boot gate, and its boot to the backend', async () => {
    const { asked } = await start({ stations: { cp1: chargePoint({ cpId: 'CP1', registrationStatus: 'Rejected' }) } });
    const charger = await edge.connect('CP1');
    for (let n = 0; n < 2; n++)
      expect(await charger.call('s', 'StopTransaction', stop)).toMatchObject({ code: 'SecurityError' });
    expect(asked).toEqual([]);
    expect(await charger.boot()).toMatchObject({ payload: { status: 'Accepted' } });
    expect(asked).toEqual([]);
  });

  it('of another action is never looked for', async () => {
    const { asked, kept } = await start({ stations: { cp1: chargePoint({ cpId: 'CP1' }) } });
    const charger = await edge.connect('CP1');
    await charger.call('h', 'Heartbeat');
    await charger.call('m', 'StatusNotification', { connectorId: 1, errorCode: 'NoError', status: 'Available' });
    expect([...asked, ...kept]).toEqual([]);
  });
});

describe('a repeated boot', () => {
  it('tells the time of now, and leaves the station accepted, at the interval that it got', async () => {
    stopTime();
    const registration = { status: 'Accepted' as const, intervalSeconds: 60 };
    await start({
      answers: { registration },
      stations: { cp1: chargePoint({ cpId: 'CP1', serverPing: false }) },
      settings: { pulse: { pingIntervalMs: 30, silentIntervals: 1, heartbeatMs: 60_000 } },
    });
    const charger = await edge.connect('CP1');
    const boot = async (id: string) =>
      (await charger.boot(id)).payload as { status: string; interval: number; currentTime: string };
    const first = await boot('1');
    registration.intervalSeconds = 1;
    expect(await boot('2')).toMatchObject({ interval: 1 });
    await sleep(5);
    const again = await boot('1');
    expect(again).toMatchObject({ status: 'Accepted', interval: 60 });
    expect(Date.parse(again.currentTime)).toBeGreaterThan(Date.parse(first.currentTime));
    expect(edge.committed).toHaveLength(2);
    expect(edge.sessions.get('CP1')?.state.registration).toBe('Accepted');
    // By the interval that was sent in between it would be dead by now.
    passTime(4_000);
    expect(await charger.call('h', 'Heartbeat')).toMatchObject({ result: 'h' });
  });

  it('on a new connection is a boot', async () => {
    await start();
    await (await edge.connect('CP1')).boot();
    await (await edge.connect('CP1')).boot();
    expect(edge.committed.map(({ kind }) => kind)).toEqual(['stationBooted', 'stationBooted']);
  });
});
