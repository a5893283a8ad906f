import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataPlane } from '@ocpp-gw/data-plane';
import type { MockBackend } from '@ocpp-gw/mock-backend';
import { ChargePoints, StationMirror, Transactions, type Database } from '@ocpp-gw/persistence';
import { sqlOf } from '@ocpp-gw/persistence/testing';
import { CommandCaller, OnlineRegistry, closeRedis, connectRedis, untilReady } from '@ocpp-gw/redis';
import { HandshakeRefused, eventually } from '@ocpp-gw/testing';
import { hash } from 'bcrypt';
import type { Redis } from 'ioredis';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestCharger } from './session/testdata/charger.ts';
import { Gateway } from './testdata/gateway.ts';
import { recordingLogger } from './testdata/recording-logger.ts';

const within = (ms: number) => ({ commandId: randomUUID(), deadline: Date.now() + ms });

let gateway: Gateway;
let plane: DataPlane;
let backend: MockBackend;
let database: Database;
let redis: Redis;
let subscriber: Redis;
let caller: CommandCaller;
let registry: OnlineRegistry;

beforeAll(async () => {
  gateway = await Gateway.start('ws-edge-app');
  ({ plane, backend, database } = gateway);
  const logger = recordingLogger();
  redis = connectRedis(plane.redisUrl, { name: 'spec', logger });
  subscriber = connectRedis(plane.redisUrl, { name: 'spec replies', logger });
  await Promise.all([untilReady(redis, 30_000), untilReady(subscriber, 30_000)]);
  caller = new CommandCaller({ publisher: redis, subscriber, logger });
  caller.start();
  registry = new OnlineRegistry(redis, { ttlMs: 1000 });
}, 180_000);

afterEach(() => gateway.reset(), 60_000);

afterAll(async () => {
  await caller?.stop();
  await Promise.all([closeRedis(redis), closeRedis(subscriber)]);
  await gateway?.stop();
}, 60_000);

const nowText = (): string => new Date().toISOString();

const stored = async (cpId: string) => (await new Transactions(database).list({ cpId, limit: 10 })).items;

async function session16(charger: TestCharger, idTag = 'TAG'): Promise<number> {
  await charger.call('s1', 'StatusNotification', { connectorId: 1, errorCode: 'NoError', status: 'Preparing' });
  const started = await charger.call('s2', 'StartTransaction', {
    connectorId: 1,
    idTag,
    meterStart: 1000,
    timestamp: nowText(),
  });
  const { transactionId } = started.payload as { transactionId: number };
  await charger.call('s3', 'MeterValues', {
    connectorId: 1,
    transactionId,
    meterValue: [{ timestamp: nowText(), sampledValue: [{ value: '1500' }] }],
  });
  const stopped = await charger.call('s4', 'StopTransaction', { transactionId, meterStop: 2000, timestamp: nowText() });
  expect(stopped).toMatchObject({ result: 's4' });
  return transactionId;
}

const refusal = (attempt: Promise<unknown>): Promise<number | null> =>
  attempt.then(
    () => null,
    (error: unknown) => (error instanceof HandshakeRefused ? error.status : Promise.reject(error as Error)),
  );

describe('a session', () => {
  it('of a 1.6 charger ends up in Postgres, Kafka and at the backend', async () => {
    const pod = await gateway.pod();
    const charger = await pod.connect('INT16');
    expect(await charger.boot()).toMatchObject({ payload: { status: 'Accepted', interval: 300 } });
    expect(await charger.call('a', 'Authorize', { idTag: 'TAG' })).toMatchObject({
      payload: { idTagInfo: { status: 'Accepted' } },
    });
    const transactionId = await session16(charger);
    expect(await stored('INT16')).toMatchObject([
      { transactionId: String(transactionId), state: 'ended', energyWh: 1000, idToken: 'TAG', protocol: 'ocpp1.6' },
    ]);
    expect(await new ChargePoints(database).find('int16')).toMatchObject({
      registrationStatus: 'Accepted',
      vendor: 'V',
    });
    await gateway.delivered();
    const paths = backend.requests({ cp_id: 'INT16' }).map(({ path }) => path.split('/').slice(3).join('/'));
    expect(paths).toEqual(['charge-points/register', 'authorize', 'sessions/open', 'sessions/close']);
  });

  it('of a 2.0.1 charger too', async () => {
    const pod = await gateway.pod();
    const charger = await pod.connect('INT201', ['ocpp2.0.1']);
    const boot = { reason: 'PowerUp', chargingStation: { vendorName: 'V', model: 'M' } };
    expect(await charger.call('1', 'BootNotification', boot)).toMatchObject({ payload: { status: 'Accepted' } });
    const event = (seqNo: number, eventType: string, more: object): Promise<unknown> =>
      charger.call(String(seqNo), 'TransactionEvent', {
        eventType,
        timestamp: nowText(),
        seqNo,
        transactionInfo: { transactionId: 'tx-1' },
        meterValue: [{ timestamp: nowText(), sampledValue: [{ value: 100 + seqNo * 50 }] }],
        ...more,
      });
    expect(
      await event(0, 'Started', {
        triggerReason: 'Authorized',
        evse: { id: 1, connectorId: 1 },
        idToken: { idToken: 'ABC', type: 'Central' },
      }),
    ).toMatchObject({ payload: { idTokenInfo: { status: 'Accepted' } } });
    await event(1, 'Updated', { triggerReason: 'MeterValuePeriodic' });
    await event(2, 'Ended', {
      triggerReason: 'StopAuthorized',
      transactionInfo: { transactionId: 'tx-1', stoppedReason: 'Local' },
    });
    expect(await stored('INT201')).toMatchObject([
      { transactionId: 'tx-1', state: 'ended', energyWh: 100, idToken: 'ABC', missingSeqNos: [] },
    ]);
    await gateway.delivered();
  });
});

describe('a backend that declares optional calls', () => {
  it('is asked for a profile and for costs, which follow the answers to the charger', async () => {
    const pod = await gateway.pod({ EVEYS_OCPP_BACKEND_OPTIONAL_CALLS: 'cost,charging-needs,ev-certificate' });
    const charger = await pod.connect('OPT201', ['ocpp2.0.1']);
    const boot = { reason: 'PowerUp', chargingStation: { vendorName: 'V', model: 'M' } };
    await charger.call('1', 'BootNotification', boot);
    const event = (seqNo: number, eventType: string, register: number) =>
      charger.call(`e${seqNo}`, 'TransactionEvent', {
        eventType,
        timestamp: nowText(),
        triggerReason: 'MeterValuePeriodic',
        seqNo,
        transactionInfo: { transactionId: 'OPT-1' },
        evse: { id: 1, connectorId: 1 },
        meterValue: [{ timestamp: nowText(), sampledValue: [{ value: register }] }],
      });
    const follows = async (action: string) => {
      const frame = await charger.next();
      expect(frame.action).toBe(action);
      charger.send([3, frame.call, action === 'CostUpdated' ? {} : { status: 'Accepted' }]);
      return frame.payload;
    };
    await event(0, 'Started', 0);
    const chargingNeeds = { requestedEnergyTransfer: 'AC_three_phase' };
    expect(await charger.call('2', 'NotifyEVChargingNeeds', { evseId: 1, chargingNeeds })).toMatchObject({
      payload: { status: 'Accepted' },
    });
    expect(await follows('SetChargingProfile')).toMatchObject({
      evseId: 1,
      chargingProfile: { chargingProfilePurpose: 'TxProfile', transactionId: 'OPT-1' },
    });
    const profiles = new StationMirror(database);
    await eventually(
      () => profiles.chargingProfiles('OPT201'),
      (mirrored) => mirrored.length === 1,
    );
    await event(1, 'Updated', 10_000);
    expect(await follows('CostUpdated')).toEqual({ transactionId: 'OPT-1', totalCost: 3 });
    expect(await event(2, 'Ended', 20_000)).toMatchObject({ payload: { totalCost: 6 } });
  });
});

describe('T16 charging profiles of an EVSE', () => {
  it('limit the transaction that runs there, from the answer of the charger on', async () => {
    const pod = await gateway.pod();
    const charger = await pod.connect('T16', ['ocpp2.0.1']);
    await charger.call('0', 'BootNotification', {
      reason: 'PowerUp',
      chargingStation: { vendorName: 'V', model: 'M' },
    });
    const start = (transactionId: string) =>
      charger.call(transactionId, 'TransactionEvent', {
        eventType: 'Started',
        timestamp: nowText(),
        triggerReason: 'CablePluggedIn',
        seqNo: 0,
        transactionInfo: { transactionId },
        evse: { id: 1, connectorId: 1 },
      });
    /** The charger takes the profile, and tells of a schedule in the same breath. */
    const limited = async (
      id: string,
      { transactionId, stackLevel, limit }: { transactionId: string; stackLevel: number; limit: number },
      wanted: number,
    ) => {
      const given = caller.send(
        'T16',
        {
          kind: 'SetChargingProfile',
          evseId: 1,
          chargingProfile: {
            chargingProfileId: limit,
            stackLevel,
            purpose: 'TxProfile',
            kind: 'Relative',
            transactionId,
            schedule: { chargingRateUnit: 'A', periods: [{ startPeriod: 0, limit }] },
          },
        },
        within(25_000),
      );
      const { call } = await charger.next();
      charger.send([3, call, { status: 'Accepted' }]);
      charger.send([
        2,
        id,
        'NotifyEVChargingSchedule',
        {
          timeBase: nowText(),
          evseId: 1,
          chargingSchedule: {
            id: 1,
            chargingRateUnit: 'A',
            chargingSchedulePeriod: [{ startPeriod: 0, limit: wanted }],
          },
        },
      ]);
      expect((await given).outcome).toMatchObject({ kind: 'result', status: 'Accepted' });
      return charger.next();
    };
    const accepted = { payload: { status: 'Accepted' } };
    const rejected = { payload: { status: 'Rejected' } };
    await start('T16-OLD');
    expect(await limited('1', { transactionId: 'T16-OLD', stackLevel: 3, limit: 6 }, 6)).toMatchObject(accepted);
    await start('T16-NEW');
    expect(await limited('2', { transactionId: 'T16-NEW', stackLevel: 0, limit: 10 }, 8)).toMatchObject(accepted);
    for (let round = 0; round < 10; round += 1) {
      const limit = 10 + (round % 2) * 2;
      const answer = await limited(`3-${round}`, { transactionId: 'T16-NEW', stackLevel: 0, limit }, limit + 1);
      expect(answer).toMatchObject(rejected);
      const { call, action, payload } = await charger.next();
      expect([action, payload]).toMatchObject([
        'SetChargingProfile',
        { chargingProfile: { id: limit, transactionId: 'T16-NEW' } },
      ]);
      charger.send([3, call, { status: 'Accepted' }]);
    }
  });
});

describe('commands over the bus', () => {
  it('reach a charger wherever it is, and say at once when it is nowhere', async () => {
    const [one, two] = [await gateway.pod(), await gateway.pod()];
    const here = await one.connect('BUS1');
    const there = await two.connect('BUS2', ['ocpp2.0.1']);
    await here.boot();
    await eventually(
      () => registry.getMany(['BUS1', 'BUS2']),
      (owners) => owners.size === 2,
    );
    const sent = caller.send(
      'BUS2',
      { kind: 'RemoteStart', idToken: 'TAG', remoteStartId: 9, evseId: 1 },
      within(25_000),
    );
    const { call, action, payload } = await there.next();
    expect([action, payload]).toMatchObject(['RequestStartTransaction', { remoteStartId: 9 }]);
    there.send([3, call, { status: 'Accepted' }]);
    expect((await sent).outcome).toMatchObject({ kind: 'result', status: 'Accepted' });

    const startedAt = performance.now();
    const nowhere = await caller.send('BUS9', { kind: 'Reset', type: 'Soft' }, within(25_000));
    expect(nowhere.outcome).toEqual({ kind: 'offline' });
    expect(performance.now() - startedAt).toBeLessThan(15_000);

    const silent = await caller.send('BUS1', { kind: 'Reset', type: 'Soft' }, within(300));
    expect(silent.outcome).toEqual({ kind: 'timeout', action: 'Reset' });
  });

  it('have changed Postgres when their caller hears of them, and before what the charger says next', async () => {
    const pod = await gateway.pod({ EVEYS_OCPP_DATA_TRANSFERS: '[{"vendor_id":"ACME","answer":"backend"}]' });
    const charger = await pod.connect('MIRROR');
    await charger.boot();
    await eventually(
      () => registry.get('MIRROR'),
      (entry) => entry !== null,
    );
    const expiresAt = new Date(Date.now() + 60_000).toISOString();
    const sent = caller.send(
      'MIRROR',
      { kind: 'ReserveNow', reservationId: 8, idToken: 'TAG', evseId: 1, expiresAt },
      within(25_000),
    );
    const { call } = await charger.next();
    charger.send([3, call, { status: 'Accepted' }]);
    const timestamp = nowText();
    const start = { connectorId: 1, idTag: 'TAG', meterStart: 0, timestamp, reservationId: 8 };
    const { payload } = await charger.call('s1', 'StartTransaction', start);
    expect((await sent).outcome).toMatchObject({ kind: 'result', status: 'Accepted' });
    const rows = await sqlOf(database).query(
      `SELECT id_token, state, transaction_id FROM reservations WHERE cp_id = 'MIRROR' AND reservation_id = 8`,
    );
    const { transactionId } = payload as { transactionId: number };
    expect(rows).toEqual([{ id_token: 'TAG', state: 'used', transaction_id: String(transactionId) }]);

    const data = await charger.call('d1', 'DataTransfer', { vendorId: 'acme', data: 'x' });
    expect(data.payload).toEqual({ status: 'Accepted' });
    expect(backend.requests({ cp_id: 'MIRROR' }).map((request) => request.data)).toContainEqual({
      vendor_id: 'acme',
      data: 'x',
    });
  });

  it('follow a charger to another pod, where its newest connection wins', async () => {
    const [one, two] = [await gateway.pod(), await gateway.pod()];
    const older = await one.connect('MOVE');
    await older.boot();
    const before = await eventually(
      () => registry.get('MOVE'),
      (entry) => entry !== null,
    );
    const newer = await two.connect('MOVE');
    expect(await older.closed).toMatchObject({ code: 1000 });
    const after = await registry.get('MOVE');
    expect(after?.epoch).toBeGreaterThan(before?.epoch ?? Infinity);
    expect(after?.pod).not.toBe(before?.pod);
    const sent = caller.send('MOVE', { kind: 'Reset', type: 'Hard' }, within(25_000));
    const { call } = await newer.next();
    newer.send([3, call, { status: 'Accepted' }]);
    expect((await sent).outcome).toMatchObject({ kind: 'result', action: 'Reset' });
    // It was accepted on the other pod: no boot is needed here.
    expect(await newer.call('1', 'Heartbeat')).toMatchObject({ result: '1' });
  });
});

describe('a retired charge point', () => {
  it('loses its connection and is refused, with a register that is open to strangers, until it is restored', async () => {
    const pod = await gateway.pod();
    const points = new ChargePoints(gateway.database);
    await points.create({ cpId: 'RETIRED', securityProfile: 0 });
    const charger = await pod.connect('RETIRED');
    await eventually(
      () => registry.get('RETIRED'),
      (entry) => entry !== null,
    );
    await points.update('RETIRED', { retiredAt: new Date() });
    await registry.evict('RETIRED');
    expect(await charger.closed).toMatchObject({ code: 1000 });
    expect(await refusal(pod.connect('retired'))).toBe(404);
    await points.update('RETIRED', { retiredAt: null });
    expect(await refusal(pod.connect('RETIRED'))).toBeNull();
  });
});

describe('the OCPP server', () => {
  it('knows only registered chargers, by their password', async () => {
    const pod = await gateway.pod({ EVEYS_OCPP_WS_ALLOW_UNKNOWN_CHARGE_POINTS: 'false' });
    await new ChargePoints(database).create({ cpId: 'LOCKED', passwordHash: await hash('correct horse', 4) });
    const basic = (password: string) => ({ authorization: `Basic ${btoa(`LOCKED:${password}`)}` });
    expect(await refusal(pod.connect('STRANGER'))).toBe(404);
    expect(await refusal(pod.connect('LOCKED'))).toBe(401);
    expect(await refusal(pod.connect('LOCKED', ['ocpp1.6'], basic('wrong')))).toBe(401);
    expect(await refusal(pod.connect('locked', ['ocpp1.6'], basic('correct horse')))).toBeNull();
  });
});

describe('without', () => {
  it('Redis, chargers stay and transactions go on; when it is back, commands arrive again', async () => {
    const pod = await gateway.pod();
    const charger = await pod.connect('NOREDIS');
    await charger.boot();
    await plane.kill('redis');
    await session16(charger, 'NEVER-CACHED');
    const late = await pod.connect('LATE');
    expect(await late.boot()).toMatchObject({ result: 'boot' });
    await expect(caller.send('LATE', { kind: 'Reset', type: 'Soft' }, within(500))).rejects.toThrow(/redis/);
    await plane.start('redis');
    await eventually(
      () => registry.getMany(['NOREDIS', 'LATE']).catch(() => new Map()),
      (owners) => owners.size === 2,
      20_000,
    );
    const outcome = eventually(
      () => caller.send('LATE', { kind: 'Reset', type: 'Soft' }, within(2000)).catch(() => null),
      (sent) => sent !== null && sent.outcome.kind !== 'offline',
    );
    const { call } = await late.next();
    late.send([3, call, { status: 'Accepted' }]);
    expect((await outcome)?.outcome).toMatchObject({ kind: 'result' });
  }, 60_000);

  it('Postgres, chargers are asked to try again, and nobody new gets in', async () => {
    const pod = await gateway.pod();
    const charger = await pod.connect('NOPG');
    await charger.boot();
    await plane.kill('postgres');
    const status = { connectorId: 1, errorCode: 'NoError', status: 'Available' };
    expect(await charger.call('1', 'StatusNotification', status)).toMatchObject({ error: '1', code: 'InternalError' });
    expect(await charger.call('2', 'Heartbeat')).toMatchObject({ result: '2' });
    expect(await refusal(pod.connect('NEWCOMER'))).toBe(503);
    expect((await pod.readiness.state()).status).toBe('unavailable');
    await plane.start('postgres');
    expect(await charger.call('3', 'StatusNotification', status)).toMatchObject({ result: '3' });
    await eventually(
      () => refusal(pod.connect('NEWCOMER')),
      (refused) => refused === null,
    );
  }, 60_000);

  it('a backend, the fallback applies and sessions are sent later, in order', async () => {
    const pod = await gateway.pod();
    const charger = await pod.connect('NOBACKEND');
    await charger.boot();
    for (const path of ['authorize', 'sessions/open', 'sessions/close', 'charge-points/register'] as const)
      backend.setAnswer(`/api/eveys/${path}`, { httpStatus: 503, body: {} });
    expect(await charger.call('a', 'Authorize', { idTag: 'UNSEEN' })).toMatchObject({
      payload: { idTagInfo: { status: 'Invalid' } },
    });
    expect(await charger.boot('again')).toMatchObject({ payload: { status: 'Accepted' } });
    const stranger = await pod.connect('NOBACKEND2');
    expect(await stranger.boot()).toMatchObject({ payload: { status: 'Pending', interval: 60 } });
    await session16(charger, 'UNSEEN');
    backend.clear();
    await gateway.delivered();
    const paths = backend.requests({ cp_id: 'NOBACKEND' }).map(({ path }) => path.split('/').at(-1));
    expect(paths).toEqual(['open', 'close']);
  }, 60_000);
});

describe('a drain', () => {
  it('sends chargers away with 1001, releases them and refuses newcomers', async () => {
    const pod = await gateway.pod({ EVEYS_OCPP_WS_DRAIN_WINDOW_S: '5' });
    const chargers = await Promise.all(['D1', 'D2', 'D3'].map((cpId) => pod.connect(cpId)));
    await eventually(
      () => registry.getMany(['D1', 'D2', 'D3']),
      (owners) => owners.size === 3,
    );
    gateway.pods.splice(0);
    const stopped = pod.stop();
    await sleep(300);
    expect(await refusal(pod.connect('D4'))).toBe(503);
    const closes = await Promise.all(chargers.map(({ closed }) => closed));
    expect(closes.map(({ code }) => code)).toEqual([1001, 1001, 1001]);
    await stopped;
    expect((await registry.getMany(['D1', 'D2', 'D3'])).size).toBe(0);
    expect(pod.lines.filter(({ level, message }) => level !== 'info' && message.startsWith('drain'))).toEqual([]);
  });
});
