import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fastTime, misbehavioursOf, startCharger, type SimulatedCharger } from '@ocpp-gw/charger-sim';
import { ROOT } from '@ocpp-gw/rig/settings';
import { recorded } from '../recorded.ts';
import { rest, type Stack } from '../stack.ts';
import { until } from '../until.ts';

interface Finding {
  id: string;
  frames: { event_id: string; action: string }[];
}

/** The table of docs/12-connecting-real-charger.md: each way to misbehave, and what is found of it. */
const FOUND = [
  ...readFileSync(resolve(ROOT, 'docs/12-connecting-real-charger.md'), 'utf8').matchAll(
    /^\| `([a-z-]+)` +\| `([a-z-]+)` +\|/gm,
  ),
].map(([, misbehaviour = '', finding = '']) => ({ misbehaviour, finding }));

const VERSIONS = ['1.6', '2.0.1'] as const;
const CASES = VERSIONS.flatMap((protocol) => FOUND.map((row) => ({ ...row, protocol })));
const WITHIN_MS = 60_000;

/** Chargers that misbehave, each in its own way, and chargers that do not; all of them at once. */
export function findingsSuite(stack: () => Stack): void {
  const chargers: SimulatedCharger[] = [];
  /** When all chargers had connected, ms. */
  let began = 0;

  beforeAll(async () => {
    await recorded(stack(), [...CASES.map(idOf), ...VERSIONS.map(cleanId)]);
    chargers.push(...(await Promise.all([...CASES.map(misbehaving), ...VERSIONS.map(clean)])));
    began = performance.now();
  }, 60_000);

  afterAll(async () => {
    await Promise.all(chargers.map((charger) => charger.close()));
  }, 30_000);

  it('has ten ways and more to misbehave, each with a finding of its own', () => {
    expect(FOUND.length).toBeGreaterThanOrEqual(10);
    expect(new Set(FOUND.map(({ finding }) => finding)).size).toBe(FOUND.length);
  });

  it.concurrent.each(CASES)('$misbehaviour with OCPP $protocol is found as $finding', async (which) => {
    const { finding } = which;
    const cpId = idOf(which);
    const found = await until(
      `${finding} of ${cpId}`,
      async () => {
        const one = (await findings(cpId)).find(({ id }) => id === finding);
        expect(one?.frames ?? []).not.toEqual([]);
        return one as Finding;
      },
      WITHIN_MS - (performance.now() - began),
    );
    const { body } = await rest(stack(), 'GET', `/charge-points/${cpId}/messages?limit=500`);
    const recordedIds = (body['items'] as { event_id: string }[]).map(({ event_id }) => event_id);
    expect(recordedIds).toEqual(expect.arrayContaining(found.frames.map(({ event_id }) => event_id)));
  });

  it.concurrent.each(VERSIONS)(
    'nothing is found of a charge point of OCPP %s that does as specified',
    async (protocol) => {
      const cpId = cleanId(protocol);
      await until('its session to be recorded', async () => {
        const { body } = await rest(stack(), 'GET', `/charge-points/${cpId}/messages?q=FINDINGS-END`);
        expect(body['items']).not.toEqual([]);
      });
      expect(await findings(cpId)).toEqual([]);
    },
  );

  async function findings(cpId: string): Promise<Finding[]> {
    const { body } = await rest(stack(), 'GET', `/charge-points/${cpId}/findings`);
    return body['items'] as Finding[];
  }

  /** Does three sessions, and gets a command. */
  async function misbehaving(which: (typeof CASES)[number]): Promise<SimulatedCharger> {
    const charger = await startCharger({
      ...{ url: stack().edgeUrls[0], id: idOf(which), protocol: which.protocol, connectors: 1 },
      ...{ meterIntervalMs: 300, misbehaviours: misbehavioursOf([which.misbehaviour]) },
    });
    void (async () => {
      for (let session = 0; session < 3; session += 1) await charger.startSession({ meterValues: 3 }).result;
      await rest(stack(), 'POST', `/charge-points/${charger.id}/commands/clear-cache`);
    })().catch(() => undefined);
    return charger;
  }

  /** Its time passes five times as fast, so that a session of more than a minute takes a quarter of one. It begins as late as a clock may be behind. */
  async function clean(protocol: (typeof VERSIONS)[number]): Promise<SimulatedCharger> {
    const time = fastTime(new Date(Date.now() - 120_000), 5);
    const charger = await startCharger({
      ...{ url: stack().edgeUrls[0], id: cleanId(protocol), protocol, connectors: 1, meterIntervalMs: 10_000, time },
    });
    void (async () => {
      await charger.startSession({ meterValues: 7 }).result;
      await rest(stack(), 'POST', `/charge-points/${charger.id}/commands/clear-cache`);
      await charger.call('DataTransfer', { vendorId: 'FINDINGS-END' });
    })().catch(() => undefined);
    return charger;
  }
}

function idOf({ protocol, misbehaviour }: { protocol: string; misbehaviour: string }): string {
  return `FOUND-${protocol}-${misbehaviour}`;
}

function cleanId(protocol: string): string {
  return `FOUND-${protocol}-NOTHING`;
}
