import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { TOPICS, redisKeys } from '@ocpp-gw/contracts';
import { ChargePoints } from '@ocpp-gw/persistence';
import { sqlOf } from '@ocpp-gw/persistence/testing';
import { Redis } from 'ioredis';
import { register } from 'prom-client';
import type { Frame, TestCharger } from './session/testdata/charger.ts';
import { Gateway } from './testdata/gateway.ts';

let gateway: Gateway;
let redis: Redis;

beforeAll(async () => {
  gateway = await Gateway.start('ws-edge-idempotency');
  redis = new Redis(gateway.plane.redisUrl);
  // Nothing leaves the outbox, so that it shows all that was ever published.
  await gateway.plane.kill('kafka');
}, 180_000);

afterEach(() => gateway.reset(), 60_000);

afterAll(async () => {
  redis?.disconnect();
  await gateway?.stop();
}, 60_000);

const timestamp = new Date().toISOString();
const boot201 = { reason: 'PowerUp', chargingStation: { vendorName: 'V', model: 'M' } };
/** The requests to the backend, without opens and closes, which the relay sends at its own pace. */
const asked = (cpId: string): string[] =>
  gateway.backend
    .requests({ cp_id: cpId })
    .map(({ path }) => path.slice('/api/eveys/'.length))
    .filter((path) => !/open|close/.test(path));
const keysOf = (cpId: string): Promise<string[]> => redis.keys(redisKeys.idempotency(cpId, '*'));

async function published(cpId: string, topic: string): Promise<number> {
  const [row] = await sqlOf(gateway.database).query<{ n: number }>(
    `SELECT count(*)::int AS n FROM outbox WHERE cp_id = $1 AND destination = $2`,
    [cpId, topic],
  );
  return row?.n ?? 0;
}

/** The answer to a stop whose token the backend has to be asked about, and what sends it again. */
async function stopped(charger: TestCharger, idTag: string) {
  await charger.boot();
  const start = { connectorId: 1, idTag: 'TAG', meterStart: 0, timestamp };
  const { transactionId } = (await charger.call('s1', 'StartTransaction', start)).payload as { transactionId: number };
  const stop = { transactionId, meterStop: 2000, timestamp, idTag };
  const answer = await charger.call('s2', 'StopTransaction', stop);
  return { answer, stop };
}

const again = (charger: TestCharger, stop: object, id = 's2'): Promise<Frame> =>
  charger.call(id, 'StopTransaction', stop);

/** From now on whoever is asked says something else. */
function changeMind(): void {
  gateway.backend.setAnswer('/api/eveys/authorize', { httpStatus: 200, body: { status: 'Blocked' } });
  gateway.backend.setAnswer('/api/eveys/charge-points/register', { httpStatus: 200, body: { status: 'Rejected' } });
}

describe('a boot', () => {
  it('sent twice on one connection is one boot; on the next connection the same bytes are another', async () => {
    const pod = await gateway.pod();
    const charger = await pod.connect('BOOTS');
    const first = await charger.boot();
    const repeated = await charger.boot();
    expect(repeated).toMatchObject({ result: 'boot', payload: { status: 'Accepted', interval: 300 } });
    expect(repeated).not.toEqual(first);
    expect(asked('BOOTS')).toEqual(['charge-points/register']);
    expect(await published('BOOTS', TOPICS.boot)).toBe(1);
    const replays = await register.getSingleMetric('eveys_ocpp_ws_replays_total')?.get();
    expect(replays?.values).toEqual([{ value: 1, labels: { protocol: 'ocpp1.6', action: 'BootNotification' } }]);

    await (await pod.connect('BOOTS')).boot();
    expect(asked('BOOTS')).toEqual(['charge-points/register', 'charge-points/register']);
    expect(await published('BOOTS', TOPICS.boot)).toBe(2);
  });

  it('that has to come again is put to the backend each time', async () => {
    const pod = await gateway.pod();
    const charger = await pod.connect('WAITS', ['ocpp2.0.1']);
    const path = '/api/eveys/charge-points/register';
    gateway.backend.setAnswer(path, { httpStatus: 200, body: { status: 'Pending' } });
    const boot = () => charger.call('b', 'BootNotification', boot201);
    expect(await boot()).toMatchObject({ payload: { status: 'Pending' } });
    gateway.backend.setAnswer(path);
    expect(await boot()).toMatchObject({ payload: { status: 'Accepted' } });
    expect(await boot()).toMatchObject({ payload: { status: 'Accepted' } });
    expect(asked('WAITS')).toHaveLength(2);
  });
});

describe('the end of a transaction', () => {
  it('sent again is answered as before, on a new connection and on another pod, under any spelling', async () => {
    const [one, two] = [await gateway.pod(), await gateway.pod()];
    await new ChargePoints(gateway.database).create({ cpId: 'Stops' });
    const { answer, stop } = await stopped(await one.connect('Stops'), 'OTHER');
    expect(answer).toMatchObject({ payload: { idTagInfo: { status: 'Accepted' } } });
    changeMind();
    await redis.del(redisKeys.authorize('OTHER'));
    const before = asked('Stops');
    expect(await again(await one.connect('stops'), stop)).toEqual(answer);
    expect(await again(await two.connect('STOPS'), stop)).toEqual(answer);
    expect(asked('Stops')).toEqual(before);
    expect(await published('Stops', TOPICS.transactionEnded)).toBe(1);
  });

  it('under the same id with another payload is handled anew', async () => {
    const pod = await gateway.pod();
    const charger = await pod.connect('RESTARTS');
    const { stop } = await stopped(charger, 'FIRST');
    changeMind();
    const other = { ...stop, idTag: 'SECOND' };
    expect(await again(charger, other)).toMatchObject({ payload: { idTagInfo: { status: 'Blocked' } } });
    // Whoever stopped it now is not who stopped it then: that is kept, and is no end of the same transaction.
    expect(await published('RESTARTS', TOPICS.transactionEnded)).toBe(2);
    // Under another id Postgres knows it all the same: nothing is published twice.
    expect(await again(charger, stop, 's3')).toMatchObject({ result: 's3' });
    expect(await published('RESTARTS', TOPICS.transactionEnded)).toBe(2);
  });

  it.each(['1970-01-01T00:00:12Z', '2025-01-01T00:00:00Z'])(
    'of a clock that says %s is not looked for in the cache, and is known by Postgres',
    async (unset) => {
      const pod = await gateway.pod();
      const cpId = `CLOCK-${unset.slice(0, 4)}`;
      const charger = await pod.connect(cpId);
      await charger.boot();
      const start = { connectorId: 1, idTag: 'TAG', meterStart: 0, timestamp: unset };
      const { payload } = await charger.call('s1', 'StartTransaction', start);
      const { transactionId } = payload as { transactionId: number };
      const stop = { transactionId, meterStop: 2000, timestamp: unset };
      const keys = await keysOf(cpId);
      const answer = await again(charger, stop);
      expect(await again(charger, stop)).toEqual(answer);
      expect(await keysOf(cpId)).toEqual(keys);
      expect(await published(cpId, TOPICS.transactionEnded)).toBe(1);
    },
  );

  it('of 2.0.1 has its token and its cost of the first time, and nobody is asked', async () => {
    const pod = await gateway.pod({ EVEYS_OCPP_BACKEND_OPTIONAL_CALLS: 'cost' });
    const charger = await pod.connect('ENDS', ['ocpp2.0.1']);
    await charger.call('b', 'BootNotification', boot201);
    const event = {
      eventType: 'Ended',
      timestamp,
      triggerReason: 'StopAuthorized',
      seqNo: 1,
      transactionInfo: { transactionId: 'T', stoppedReason: 'Local' },
      idToken: { idToken: 'ENDER', type: 'ISO14443' },
      meterValue: [{ timestamp, sampledValue: [{ value: 10_000 }] }],
    };
    await charger.call('s', 'TransactionEvent', {
      eventType: 'Started',
      timestamp,
      triggerReason: 'CablePluggedIn',
      seqNo: 0,
      transactionInfo: { transactionId: 'T' },
      meterValue: [{ timestamp, sampledValue: [{ value: 0 }] }],
    });
    const answer = await charger.call('e', 'TransactionEvent', event);
    expect(answer).toMatchObject({ payload: { idTokenInfo: { status: 'Accepted' }, totalCost: expect.any(Number) } });
    const before = asked('ENDS');
    expect(before).toEqual(expect.arrayContaining(['authorize', 'sessions/cost']));
    changeMind();
    await redis.del(redisKeys.authorize('ENDER', 'ISO14443'));
    expect(await charger.call('e', 'TransactionEvent', event)).toEqual(answer);
    expect(asked('ENDS')).toEqual(before);
    expect(await published('ENDS', TOPICS.transactionEnded)).toBe(1);
  });

  it('is handled anew where the cache is switched off, or what it kept is spoilt', async () => {
    const off = await gateway.pod({ EVEYS_OCPP_WS_IDEMPOTENCY_TTL_S: '0' });
    await stopped(await off.connect('OFF'), 'TAG');
    expect(await keysOf('OFF')).toEqual([]);

    const pod = await gateway.pod({ EVEYS_OCPP_WS_IDEMPOTENCY_TTL_S: '50' });
    const charger = await pod.connect('SPOILT');
    const { answer, stop } = await stopped(charger, 'TAG');
    const keys = await keysOf('SPOILT');
    expect(keys).toHaveLength(2);
    for (const key of keys) {
      expect(await redis.ttl(key)).toBeGreaterThan(40);
      expect(await redis.ttl(key)).toBeLessThanOrEqual(50);
      await redis.set(key, '{"idTagInfo":');
    }
    expect(await again(charger, stop)).toEqual(answer);
    expect(await published('SPOILT', TOPICS.transactionEnded)).toBe(1);
  });
});

describe('without Redis', () => {
  it('repetitions are known by Postgres', async () => {
    const pod = await gateway.pod();
    const charger = await pod.connect('ALONE');
    const { answer, stop } = await stopped(charger, 'TAG');
    await gateway.plane.kill('redis');
    expect(await again(charger, stop)).toEqual(answer);
    expect(await again(await pod.connect('ALONE'), stop)).toEqual(answer);
    expect(await published('ALONE', TOPICS.transactionEnded)).toBe(1);
    await gateway.plane.start('redis');
  }, 60_000);
});
