import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { FakeCharger } from '@ocpp-gw/testing';
import { setTimeout as sleep } from 'node:timers/promises';
import { booted } from '../booted-charger.ts';
import { GatewayClient } from '../grpc-client.ts';
import { holderOf } from '../holder.ts';
import { until } from '../until.ts';
import { TOKEN, rest, type RestAnswer, type Stack } from '../stack.ts';

/** Chargers between two ws-edge processes, commanded through one command-api. */
export function twoPodsSuite(stack: () => Stack): void {
  const open: FakeCharger[] = [];
  let grpc: GatewayClient;

  beforeAll(() => void (grpc = new GatewayClient(stack().grpcAddress)));
  afterAll(() => grpc?.close());
  afterEach(() => Promise.all(open.splice(0).map((charger) => charger.close())));

  const connect = async (edge: 0 | 1, cpId: string): Promise<FakeCharger> => {
    const charger = await FakeCharger.connect({ url: stack().edgeUrls[edge], cpId });
    open.push(charger);
    return charger;
  };

  const bootedOn = async (edge: 0 | 1, cpId: string, protocol: Protocol = 'ocpp1.6'): Promise<FakeCharger> => {
    const charger = await booted(stack().edgeUrls[edge], cpId, protocol);
    open.push(charger);
    await until(`${cpId} to be online`, async () => expect(await holderOf(stack(), cpId)).toBe(PODS[edge]));
    return charger;
  };

  const post = (path: string, body: object): Promise<RestAnswer> =>
    rest(stack(), 'POST', `/charge-points/${path}`, body);

  it.each<[Protocol, 0 | 1, string]>([
    ['ocpp1.6', 0, 'PODS-16-A'],
    ['ocpp1.6', 1, 'PODS-16-B'],
    ['ocpp2.0.1', 0, 'PODS-201-A'],
    ['ocpp2.0.1', 1, 'PODS-201-B'],
  ])('a charger on %s is reached on pod %i over REST and over gRPC', async (protocol, edge, cpId) => {
    const charger = await bootedOn(edge, cpId, protocol);
    charger.answer('GetLocalListVersion', () => (protocol === 'ocpp1.6' ? { listVersion: 7 } : { versionNumber: 7 }));
    expect(await post(`${cpId}/commands/get-local-list-version`, {})).toMatchObject({
      status: 200,
      body: { version: 7 },
    });
    expect(await grpc.call('GetLocalListVersion', { cp_id: cpId }, TOKEN)).toMatchObject({ version: 7 });
    expect(commandsTo(charger)).toEqual(['GetLocalListVersion', 'GetLocalListVersion']);
  });

  describe('the same identity on both pods', () => {
    it('is the newest connection: the other pod closes its own within a second, and all points to the newest', async () => {
      const old = await bootedOn(0, 'PODS-TWICE');
      const began = performance.now();
      const fresh = await connect(1, 'PODS-TWICE');
      expect(await old.closed).toMatchObject({ code: 1000 });
      expect(performance.now() - began).toBeLessThan(1000);
      expect(await holderOf(stack(), 'PODS-TWICE')).toBe('edge-b');
      fresh.answer('Reset', () => ({ status: 'Accepted' }));
      // It was accepted on the other pod: no boot is needed here.
      expect(await fresh.call('Heartbeat')).toHaveProperty('currentTime');
      expect(await post('PODS-TWICE/commands/reset', { type: 'Soft' })).toMatchObject({ status: 200 });
      expect(commandsTo(old)).toEqual([]);
    });

    it('is left with one connection each when many come to both pods at the same moment', async () => {
      const ids = Array.from({ length: 24 }, (_, index) => `PODS-RACE-${index}`);
      const pairs = await Promise.all(ids.map((cpId) => Promise.all([connect(0, cpId), connect(1, cpId)] as const)));
      const began = performance.now();
      await Promise.all(pairs.map((pair) => Promise.race(pair.map(({ closed }) => closed))));
      expect(performance.now() - began).toBeLessThan(1000);
      for (const [index, cpId] of ids.entries()) {
        const kept = pairs[index]?.[(await holderOf(stack(), cpId)) === 'edge-a' ? 0 : 1];
        kept?.answer('ClearCache', () => ({ status: 'Accepted' }));
        expect(await kept?.call('BootNotification', { chargePointVendor: 'F', chargePointModel: 'F1' })).toMatchObject({
          status: 'Accepted',
        });
        expect(await post(`${cpId}/commands/clear-cache`, {})).toMatchObject({ status: 200 });
      }
    });
  });

  it('a charger that moves ends its commands at once: one was sent, and one was not; neither follows it', async () => {
    const old = await bootedOn(0, 'PODS-MOVES');
    const sent = post('PODS-MOVES/commands/reset', { type: 'Soft', timeout_s: 20 });
    expect(await old.next()).toContain('Reset');
    const waiting = post('PODS-MOVES/commands/clear-cache', { timeout_s: 20 });
    // Time to get into the queue of the pod.
    await sleep(300);
    const began = performance.now();
    const fresh = await connect(1, 'PODS-MOVES');
    expect(await sent).toMatchObject({
      status: 502,
      type: expect.stringMatching(/problem\+json/),
      body: { type: 'urn:ocpp-gw:problem:charge-point-disconnected', action: 'Reset' },
    });
    expect(await waiting).toMatchObject({
      status: 409,
      body: {
        type: 'urn:ocpp-gw:problem:charge-point-offline',
        detail: expect.stringMatching(/^The charge point disconnected.*Nothing was sent/),
      },
    });
    expect(performance.now() - began).toBeLessThan(1000);
    fresh.answer('GetLocalListVersion', () => ({ listVersion: 1 }));
    await fresh.call('Heartbeat');
    expect(await post('PODS-MOVES/commands/get-local-list-version', {})).toMatchObject({ status: 200 });
    expect(commandsTo(old)).toEqual(['Reset']);
    expect(commandsTo(fresh)).toEqual(['GetLocalListVersion']);
  });
}

type Protocol = 'ocpp1.6' | 'ocpp2.0.1';

/** As the stack names them. */
const PODS = ['edge-a', 'edge-b'] as const;

/** Actions of the CALLs that came, oldest first. */
function commandsTo(charger: FakeCharger): unknown[] {
  return charger.received.filter(([type]) => type === 2).map(([, , action]) => action);
}
