import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { FakeCharger } from '@ocpp-gw/testing';
import { booted } from '../booted-charger.ts';
import type { EnvoyStack } from '../envoy-stack.ts';
import { holderOf } from '../holder.ts';
import { until } from '../until.ts';
import { rest } from '../stack.ts';
import { registerAll } from './envoy-pods.cases.ts';

/** Enough that the ring has some of each for both pods. */
const IDS = Array.from({ length: 16 }, (_, index) => `DISPATCH-${index}`);

/** One command-api reaches chargers wherever Envoy has put them. */
export function envoyDispatchSuite(stack: () => EnvoyStack): void {
  const open: FakeCharger[] = [];
  let password = '';

  beforeAll(async () => {
    password = await registerAll(
      stack(),
      ['ocpp1.6', 'ocpp2.0.1'].flatMap((protocol) => IDS.map((id) => id + protocol)),
    );
  });
  afterAll(() => Promise.all(open.map((charger) => charger.close())));

  it.each(['ocpp1.6', 'ocpp2.0.1'] as const)('a charger on %s is reached on either pod', async (protocol) => {
    const { envoy, ca, pods, rest: url } = stack();
    const reached = new Set<string>();
    for (const [version, id] of IDS.entries()) {
      if (reached.size === pods.length) break;
      const cpId = id + protocol;
      const charger = await booted(envoy.tlsUrl, cpId, protocol, { client: { ca: ca.cert }, password });
      open.push(charger);
      charger.answer('GetLocalListVersion', () =>
        protocol === 'ocpp1.6' ? { listVersion: version } : { versionNumber: version },
      );
      const pod = await until('the charger to be online', async () => {
        const holder = await holderOf({ rest: url }, cpId);
        if (!holder) throw new Error(`${cpId} is on no pod`);
        return holder;
      });
      expect(await rest(stack(), 'POST', `/charge-points/${cpId}/commands/get-local-list-version`, {})).toMatchObject({
        status: 200,
        body: { version },
      });
      reached.add(pod);
    }
    expect([...reached].sort()).toEqual(pods.map(({ name }) => name));
  });
}
