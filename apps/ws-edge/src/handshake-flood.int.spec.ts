import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ChargePoints } from '@ocpp-gw/persistence';
import { ReconnectLoops, closeRedis, connectRedis, untilReady } from '@ocpp-gw/redis';
import { eventually } from '@ocpp-gw/testing';
import { hash } from 'bcrypt';
import type { Redis } from 'ioredis';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { register } from 'prom-client';
import { Flood, knock, type FloodOptions } from './testdata/flood.ts';
import { Gateway } from './testdata/gateway.ts';
import type { Pod } from './testdata/pod.ts';
import { recordingLogger } from './testdata/recording-logger.ts';

const BCRYPT_COST = 8;
const FLEET = Array.from({ length: 40 }, (_, n) => `FLEET-${n}`);
const passwordOf = (cpId: string): string => Buffer.from(cpId.padEnd(20, '#')).toString('hex');

let gateway: Gateway;
let redis: Redis;
const inside: Socket[] = [];

beforeAll(async () => {
  gateway = await Gateway.start('ws-edge-flood');
  redis = connectRedis(gateway.plane.redisUrl, { name: 'spec', logger: recordingLogger() });
  await untilReady(redis, 30_000);
  const chargePoints = new ChargePoints(gateway.database);
  for (const cpId of FLEET)
    await chargePoints.create({ cpId, securityProfile: 1, passwordHash: await hash(passwordOf(cpId), BCRYPT_COST) });
}, 180_000);

afterEach(() => forgotten(), 60_000);

afterAll(async () => {
  await closeRedis(redis);
  await gateway?.stop();
}, 60_000);

const restarted = (env: NodeJS.ProcessEnv = {}): Promise<Pod> =>
  gateway.pod({ EVEYS_OCPP_WS_ALLOW_UNKNOWN_CHARGE_POINTS: 'false', EVEYS_OCPP_WS_STATION_CACHE_S: '5', ...env });

/** Hashes that matched: the fleet's own. */
async function hashes(): Promise<number> {
  const { values } = (await register.getSingleMetric('eveys_ocpp_ws_password_hashes_total')?.get()) ?? { values: [] };
  return values.find(({ labels }) => labels['outcome'] === 'match')?.value ?? 0;
}

/** Every charger of the fleet comes at once, from addresses of its own, and comes again when it is asked to. */
async function fleetIn(pod: Pod): Promise<{ ms: number; hashes: number; refused: Map<number, number> }> {
  const before = await hashes();
  const startedAt = performance.now();
  const refused = new Map<number, number>();
  await Promise.all(
    FLEET.map(async (cpId, n) => {
      const from = `127.0.1.${1 + (n % 8)}`;
      for (;;) {
        const opened = (socket: Socket): void => void inside.push(socket);
        const status = await knock({ port: pod.ports.plain ?? 0, from, cpId, password: passwordOf(cpId), opened });
        if (status === 101) return;
        refused.set(status, (refused.get(status) ?? 0) + 1);
        await sleep(200);
      }
    }),
  );
  return { ms: performance.now() - startedAt, hashes: (await hashes()) - before, refused };
}

/** As if the fleet had never been there. */
async function forgotten(): Promise<void> {
  for (const socket of inside.splice(0)) socket.destroy();
  await gateway.reset();
  await redis.flushall();
}

function flood(pod: Pod, sockets: number, options: Partial<FloodOptions> = {}): Flood {
  return new Flood({ port: pod.ports.plain ?? 0, from: '127.0.0.2', sockets, cpIds: FLEET, pauseMs: 250, ...options });
}

describe('a flood of wrong passwords', () => {
  it('S2 from one address hardly delays a fleet whose passwords no pod has verified, and is asked to stop', async () => {
    // The same flood, but at nobody: what it costs apart from hashing.
    const first = await restarted();
    const atNobody = flood(first, 150, { cpIds: ['NOBODY'] });
    await sleep(1_000);
    const undisturbed = await fleetIn(first);
    await atNobody.stop();
    await forgotten();

    const pod = await restarted();
    const attack = flood(pod, 150);
    await sleep(1_000);
    const disturbed = await fleetIn(pod);
    await eventually(
      () => Promise.resolve(attack.answers.get(429) ?? 0),
      (answers) => answers > 50,
    );
    await attack.stop();

    expect(disturbed.ms / undisturbed.ms).toBeLessThan(3);
    expect([undisturbed, disturbed].map(({ hashes }) => hashes)).toEqual([FLEET.length, FLEET.length]);
    expect([undisturbed, disturbed].map(({ refused }) => refused)).toEqual([new Map(), new Map()]);
    expect(attack.answers.get(101)).toBeUndefined();
  }, 120_000);

  it('S2 delays nobody after a restart when the fleet was verified before: nothing of it is hashed', async () => {
    await fleetIn(await restarted());
    for (const socket of inside.splice(0)) socket.destroy();
    await gateway.reset();

    const pod = await restarted();
    const attack = flood(pod, 150);
    await sleep(1_000);
    const disturbed = await fleetIn(pod);
    await attack.stop();
    expect(disturbed).toMatchObject({ hashes: 0, refused: new Map() });
  }, 120_000);

  it('S2 from many addresses keeps nobody out either: whoever fails is served later', async () => {
    const pod = await restarted();
    const attacks = Array.from({ length: 20 }, (_, n) => flood(pod, 8, { from: `127.0.2.${n + 1}` }));
    await sleep(2_000);
    const disturbed = await fleetIn(pod);
    await Promise.all(attacks.map((attack) => attack.stop()));
    expect(disturbed).toMatchObject({ hashes: FLEET.length, refused: new Map() });
  }, 120_000);
});

describe('what Redis holds of a password', () => {
  const cpId = FLEET[0] ?? '';

  it('S2 lets nobody in, whatever is written there, and shows no password', async () => {
    const pod = await restarted();
    const as = (password: string): Promise<number> =>
      knock({ port: pod.ports.plain ?? 0, from: '127.0.0.1', cpId, password, opened: (socket) => inside.push(socket) });
    expect(await as(passwordOf(cpId))).toBe(101);
    const key = `cp:proof:${cpId.toLowerCase()}`;
    await eventually(
      () => redis.get(key),
      (proof) => proof !== null,
    );
    const proof = (await redis.get(key)) ?? '';
    expect(proof).not.toContain(passwordOf(cpId));
    await gateway.reset();
    const other = await restarted();
    const guess = (password: string): Promise<number> =>
      knock({ port: other.ports.plain ?? 0, from: '127.0.0.1', cpId, password });
    expect(await guess('wrong')).toBe(401);
    for (const forged of ['1.other.', '1.other.AAAA', proof.replace('1.', '2.'), 'x']) {
      await redis.set(key, forged);
      await sleep(1_100);
      expect(await guess('wrong')).toBe(401);
    }
  }, 60_000);

  it('S2 counts no more once the password is changed', async () => {
    await fleetIn(await restarted());
    await gateway.reset();
    const chargePoints = new ChargePoints(gateway.database);
    await chargePoints.update(cpId, { passwordHash: await hash('another password', BCRYPT_COST) });
    const pod = await restarted();
    const as = (password: string): Promise<number> =>
      knock({ port: pod.ports.plain ?? 0, from: '127.0.0.1', cpId, password, opened: (socket) => inside.push(socket) });
    expect(await as(passwordOf(cpId))).toBe(401);
    expect(await as('another password')).toBe(101);
    await chargePoints.update(cpId, { passwordHash: await hash(passwordOf(cpId), BCRYPT_COST) });
  }, 60_000);

  it('S2 is missed by nobody: without it, or with the setting off, passwords are hashed', async () => {
    await fleetIn(await restarted({ EVEYS_OCPP_WS_AUTH_PROOF_S: '0' }));
    expect(await redis.keys('cp:proof:*')).toEqual([]);
  }, 60_000);
});

describe('a charger that connects over and over', () => {
  it('F35 is held back, and found by operators', async () => {
    const pod = await restarted({ EVEYS_OCPP_WS_RECONNECT_FREE: '3' });
    const cpId = FLEET[1] ?? '';
    const again = async (): Promise<number> => {
      const sockets: Socket[] = [];
      const opened = (socket: Socket): void => void sockets.push(socket);
      const status = await knock({
        ...{ port: pod.ports.plain ?? 0, from: '127.0.0.1', cpId, password: passwordOf(cpId) },
        opened,
      });
      sockets[0]?.destroy();
      await sleep(50);
      return status;
    };
    const statuses = [];
    // It is let in once more for each delay that this process slept through, and the next delay is twice as long.
    do statuses.push(await again());
    while (statuses.at(-1) !== 503);
    const connections = statuses.length - 1;
    expect(statuses).toEqual([...Array(connections).fill(101), 503]);
    expect(connections).toBeGreaterThanOrEqual(4);
    const delayMs = 1000 * 2 ** (connections - 4);
    const listed = await eventually(
      () => new ReconnectLoops(redis).list(),
      ([loop]) => loop?.connections === connections,
    );
    expect(listed).toMatchObject([{ cpId, connections, delayMs, sources: ['127.0.0.1'], pod: 'pod-1' }]);
    await sleep(delayMs);
    expect(await again()).toBe(101);
    expect(await again()).toBe(503);
  }, 60_000);
});
