import { afterEach, beforeAll, expect, it } from '@jest/globals';
import { FakeCharger } from '@ocpp-gw/testing';
import type { Edge } from '@ocpp-gw/rig';
import type { EnvoyStack } from '../envoy-stack.ts';
import { until } from '../until.ts';
import { rest } from '../stack.ts';

const PASSWORD = 'correct-horse-battery';
const IDS = Array.from({ length: 16 }, (_, index) => `RING-${index}`);
const NEWCOMERS = Array.from({ length: 8 }, (_, index) => `NEW-${index}`);

/** Registers chargers of security profile 2; hashed once, for bcrypt is slow by design. */
export async function registerAll(stack: EnvoyStack, ids: readonly string[]): Promise<string> {
  const [first = '', ...others] = ids;
  await rest(stack, 'PUT', `/charge-points/${first}`, { password: PASSWORD, security_profile: 2 });
  await stack.database.query(
    `INSERT INTO charge_points (cp_id, password_hash, security_profile)
     SELECT unnest($2::text[]), password_hash, security_profile FROM charge_points WHERE cp_id = $1`,
    [first, others],
  );
  return PASSWORD;
}

/** Which pod a charger comes to. */
export function envoyPodsSuite(stack: () => EnvoyStack): void {
  const open: FakeCharger[] = [];

  beforeAll(() => registerAll(stack(), [...IDS, ...NEWCOMERS]));

  afterEach(() => Promise.all(open.splice(0).map((charger) => charger.close())));

  const connectAll = async (ids: readonly string[]): Promise<void> => {
    const url = stack().envoy.tlsUrl;
    const client = { ca: stack().ca.cert };
    for (const cpId of ids) open.push(await FakeCharger.connect({ url, cpId, client, password: PASSWORD }));
  };

  /** Name of the pod that holds each of them, once all are online, or none is. */
  const holders = (ids: readonly string[], online: boolean): Promise<(string | undefined)[]> =>
    until(`all to be seen ${online ? 'online' : 'offline'}`, () =>
      Promise.all(
        ids.map(async (cpId) => {
          const { body } = await rest(stack(), 'GET', `/charge-points/${cpId}`);
          if (body['online'] !== online) throw new Error(`${cpId}: online ${String(body['online'])}`);
          return (body['connection'] as { pod: string } | null)?.pod;
        }),
      ),
    );

  it('are chosen by the identity: each charger comes back to the pod it was on', async () => {
    await connectAll(IDS);
    const first = await holders(IDS, true);
    expect(new Set(first).size).toBe(2);
    await Promise.all(open.splice(0).map((charger) => charger.close()));
    await holders(IDS, false);
    await connectAll(IDS);
    expect(await holders(IDS, true)).toEqual(first);
  });

  it('get no new chargers while their readiness says 503, and see off the ones they have themselves', async () => {
    const [draining, other] = stack().pods as [Edge, Edge];
    await holders(IDS, false);
    await connectAll(IDS);
    const pods = await holders(IDS, true);
    const held = open.filter((_, index) => pods[index] === draining.name);
    const ended = draining.process.stop();
    await until('Envoy to notice', async () => expect(await stack().envoy.readyPods()).toEqual([other.port]));
    expect(draining.process.running).toBe(true);
    await connectAll(NEWCOMERS);
    expect(new Set(await holders(NEWCOMERS, true))).toEqual(new Set([other.name]));
    const closings = await Promise.all(held.map(({ closed }) => closed));
    expect(closings).toEqual(held.map(() => ({ code: 1001, reason: expect.any(String) })));
    expect(await ended).toBe(0);
    await draining.process.launch();
    await until('Envoy to find both ready', async () => expect(await stack().envoy.readyPods()).toHaveLength(2));
  });
}
