import { afterEach, describe, expect, it } from '@jest/globals';
import { request } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { chargePoint } from '../testdata/charge-point.ts';
import { startTime, stopTime } from '../session/testdata/clock.ts';
import { TestEdge, type TestEdgeOptions } from '../session/testdata/edge.ts';

const FLEET = Array.from({ length: 400 }, (_, n) => `STORM-${n}`);

const REGISTERED = Object.fromEntries([...FLEET, 'INSIDE'].map((cpId) => [cpId.toLowerCase(), chargePoint({ cpId })]));

let edge: TestEdge;
const inside: Duplex[] = [];

async function start(admission: TestEdgeOptions['admission']): Promise<void> {
  edge = await TestEdge.start({ admission, stations: REGISTERED });
}

afterEach(startTime);

afterEach(async () => {
  for (const socket of inside.splice(0)) socket.destroy();
  await edge.stop();
});

/** One handshake on a socket of its own; how many seconds to wait, or null: it is in. */
function knock(cpId: string): Promise<number | null> {
  const { hostname, port } = new URL(edge.url);
  return new Promise((resolve, reject) => {
    const headers = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      'sec-websocket-protocol': 'ocpp1.6',
    };
    request({ hostname, port, path: `/${cpId}`, headers, agent: false })
      .on('upgrade', (_response, socket) => {
        inside.push(socket);
        resolve(null);
      })
      .on('response', (response) => {
        response.resume();
        if (response.statusCode === 503) resolve(Number(response.headers['retry-after']));
        else reject(new Error(`refused with ${response.statusCode}`));
      })
      .on('error', reject)
      .end();
  });
}

/** Comes again when it is asked to, in a time where a second lasts a hundredth. */
async function persist(cpId: string): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    const wait = await knock(cpId);
    if (wait === null) return attempt;
    await sleep(wait * 10);
  }
}

describe('a fleet that comes all at once', () => {
  it('is let in up to the burst; the others are refused with a time to try again, and counted', async () => {
    stopTime();
    await start({ perSecond: 1, burst: 50 });
    const answers = await Promise.all(FLEET.map(knock));
    const refused = answers.filter((wait) => wait !== null);
    const admitted = FLEET.length - refused.length;
    expect(admitted).toBe(50);
    expect(Math.min(...refused)).toBeGreaterThanOrEqual(1);
    expect(new Set(refused).size).toBeGreaterThan(20);
    expect(await edge.metric('handshakes', { outcome: 'too_many_handshakes' })).toBe(refused.length);
    expect(await edge.metric('handshakes', { outcome: 'accepted' })).toBe(admitted);
    const lines = edge.logger.lines.filter(({ message }) => message === 'handshake refused');
    expect(lines.length).toBeLessThan(refused.length / 2);
  });

  it('is all in after it tried again in time', async () => {
    await start({ perSecond: 400, burst: 50 });
    const attempts = await Promise.all(FLEET.map(persist));
    expect(Math.max(...attempts)).toBeGreaterThan(1);
    expect(inside).toHaveLength(FLEET.length);
  });

  it('costs those who are in nothing: they keep their socket and are answered', async () => {
    await start({ perSecond: 1, burst: 1 });
    const charger = await edge.connect('INSIDE');
    expect(await charger.boot()).toMatchObject({ payload: { status: 'Accepted' } });
    const storm = Promise.all(FLEET.map(knock));
    for (let n = 0; n < 20; n++)
      expect(await charger.call(`h${n}`, 'Heartbeat')).toMatchObject({ payload: { currentTime: expect.any(String) } });
    await storm;
    expect(await charger.call('last', 'Heartbeat')).toMatchObject({ result: 'last' });
  });
});
