import { afterEach, describe, expect, it } from '@jest/globals';
import { sendBursts } from './commands.ts';
import { latencyOf } from './measure/histogram.ts';
import { startRest, type Rest } from './testdata/rest.ts';

let rest: Rest | undefined;
afterEach(() => rest?.stop());

const identities = Array.from({ length: 10 }, (_, n) => `L-${n}`);
const burst = async (answer: Parameters<typeof startRest>[0], size: number) => {
  rest = await startRest(answer);
  return sendBursts({ rest: rest.url, token: 't', identities, burst: size, startAt: Date.now(), seconds: 1 });
};

describe('sendBursts', () => {
  it('sends a burst to as many charge points, and counts from when it was due', async () => {
    const { asked, ends, latency } = await burst(() => ({ status: 200, body: { status: 'Accepted' } }), 10);
    expect({ asked, ends }).toEqual({ asked: 10, ends: { 200: 10 } });
    expect(new Set(rest?.requests.map((request) => request.split('/')[2])).size).toBe(10);
    expect(Object.keys(latency)).toEqual(['REST clear-cache', 'REST data-transfer']);
    expect(Object.values(latency).map((one) => latencyOf(one).count)).toEqual([5, 5]);
  });

  it('says how commands failed', async () => {
    let n = 0;
    const { ends } = await burst(() => {
      n += 1;
      return n === 1 ? { status: 504, body: { type: 'urn:ocpp-gw:problem:charge-point-timeout' } } : undefined;
    }, 2);
    expect(ends).toEqual({ '504 charge-point-timeout': 1, 'no connection': 1 });
  });
});
