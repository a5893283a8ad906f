import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TOPICS, decodeEvent } from '@ocpp-gw/contracts';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import type { Effect, StartKey, TransactionEndedEffect, TransactionStartedEffect } from '@ocpp-gw/ocpp-j';
import { ChargePoints, Outbox, Transactions, createDatabase, migrate, type Database } from '@ocpp-gw/persistence';
import { Commit } from './commit.ts';
import { Effects } from './effects.ts';
import { StationLookups, TransactionLookups } from './lookups.ts';
import { StationRecorder } from './station.ts';

const now = new Date('2026-04-01T10:00:00Z');
const at = (minute: number) => new Date(Date.UTC(2026, 3, 1, 9, minute));

describe('effects of OCPP 1.6 on Postgres', () => {
  let plane: DataPlane;
  let database: Database;
  let outbox: Outbox;
  let sut: Effects;
  let recorder: StationRecorder;
  let lookups: TransactionLookups;
  let transactions: Transactions;
  let points: ChargePoints;

  beforeAll(async () => {
    plane = await startDataPlane({ name: 'effects-numbered', only: ['postgres'] });
    await migrate({ url: plane.postgresUrl, applicationName: 'spec' });
    database = createDatabase({ url: plane.postgresUrl, poolSize: 6, applicationName: 'spec' });
    await database.start();
    outbox = new Outbox(database);
    const commit = new Commit({ database, outbox, onCommitted: () => undefined });
    sut = new Effects({ commit, pod: 'pod-1', backend: true });
    recorder = new StationRecorder({ commit, pod: 'pod-1' });
    lookups = new TransactionLookups(database);
    transactions = new Transactions(database);
    points = new ChargePoints(database);
  }, 120_000);

  afterAll(async () => {
    await database?.stop();
    await plane?.stop();
  });

  const commit = (cpId: string, ...effects: Effect[]) => sut.commit({ cpId, protocol: 'ocpp1.6' }, effects, now);
  /** Takes what the outbox holds for a charger: [lane, topic or path]. */
  const told = async (cpId: string) => {
    const rows = [...(await outbox.take('kafka', 999)), ...(await outbox.take('backend', 999))];
    const own = rows.filter((row) => row.cpId === cpId);
    await outbox.remove(own.map((row) => row.id));
    return own;
  };
  const places = async (cpId: string) => (await told(cpId)).map((row) => row.destination);

  const key: StartKey = { connectorId: 1, idTag: 'Tag', timestamp: '2026-04-01T09:00:00Z', meterStart: 1000 };
  const start = (transactionId: number | string, naturalKey = key): TransactionStartedEffect => ({
    kind: 'transactionStarted',
    transactionId: String(transactionId),
    evseId: naturalKey.connectorId,
    connectorId: naturalKey.connectorId,
    idToken: { idToken: naturalKey.idTag },
    idTokenStatus: 'Accepted',
    meterStartWh: naturalKey.meterStart,
    naturalKey,
    samples: [],
    time: { at: at(0) },
  });
  const stop = (
    transactionId: number | string,
    difference: Partial<TransactionEndedEffect> = {},
  ): TransactionEndedEffect => ({
    kind: 'transactionEnded',
    transactionId: String(transactionId),
    evseId: 1,
    connectorId: 1,
    meterStopWh: 4000,
    reason: 'Local',
    samples: [],
    time: { at: at(30) },
    ...difference,
  });

  it('writes a session from start to stop, and tells Kafka and the backend', async () => {
    const { transactionId } = await lookups.start('A', key);
    await commit('A', start(transactionId));
    expect(await lookups.find('A', { by: 'id', transactionId: String(transactionId) })).toEqual({
      transactionId: String(transactionId),
      state: 'active',
      evseId: 1,
      connectorId: 1,
      idToken: 'Tag',
      meterStartWh: 1000,
    });
    await commit(
      'A',
      stop(transactionId, { samples: [{ at: at(30), unit: 'W', rawValue: 'x', rawUnit: 'W', measurand: 'Power' }] }),
    );
    expect(await transactions.get('A', String(transactionId))).toMatchObject({
      state: 'ended',
      startedAt: at(0),
      endedAt: at(30),
      idToken: 'Tag',
      meterStartWh: 1000,
      meterStopWh: 4000,
      energyWh: 3000,
      stopReason: 'Local',
      orphan: false,
      missingSeqNos: [],
    });
    const rows = await told('A');
    expect(rows.map((row) => row.destination)).toEqual([
      TOPICS.transactionStarted,
      TOPICS.meter,
      TOPICS.transactionEnded,
      '/api/eveys/sessions/open',
      '/api/eveys/sessions/close',
    ]);
    expect(decodeEvent(rows[2]?.payload ?? new Uint8Array()).payload).toMatchObject({
      value: { energyWh: 3000, meterStartWh: 1000, startedAt: at(0) },
    });
  });

  it('takes the same key of a clock that was never set for another transaction once the first one has ended', async () => {
    const unset: StartKey = { ...key, timestamp: '1970-01-01T00:00:12Z', clockUnset: true };
    const first = await lookups.start('UNSET', unset);
    await commit('UNSET', start(first.transactionId, unset));
    expect(await lookups.start('UNSET', unset)).toMatchObject({ transactionId: first.transactionId });
    await commit('UNSET', stop(first.transactionId));
    const second = await lookups.start('UNSET', unset);
    expect(second.transactionId).not.toBe(first.transactionId);
    await commit('UNSET', start(second.transactionId, unset));
    expect(await transactions.get('UNSET', String(second.transactionId))).toMatchObject({ state: 'active' });
  });

  it('gives a repeated start its number and status again, in any letter case of the tag, and tells nobody', async () => {
    const first = await lookups.start('B', key);
    await commit('B', start(first.transactionId));
    expect(await places('B')).toHaveLength(2);
    const again = await lookups.start('B', { ...key, idTag: 'TAG' });
    expect(again).toEqual({ transactionId: first.transactionId, knownStatus: 'Accepted' });
    await commit('B', start(first.transactionId));
    await commit('B', start(first.transactionId, { ...key, idTag: 'TAG' }));
    expect(await places('B')).toEqual([]);
  });

  it('numbers transactions from one up, each once in the whole gateway', async () => {
    const numbers = await Promise.all(
      Array.from({ length: 20 }, async (_, n) => (await lookups.start('N', { ...key, meterStart: n })).transactionId),
    );
    expect(new Set(numbers).size).toBe(20);
    expect(Math.min(...numbers)).toBeGreaterThan(0);
  });

  it('lets one of two concurrent starts win and tells the other to decide again', async () => {
    const tries = await Promise.all([lookups.start('C', key), lookups.start('C', key), lookups.start('C', key)]);
    const outcomes = await Promise.allSettled(tries.map(({ transactionId }) => commit('C', start(transactionId))));
    const lost = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(lost).toHaveLength(2);
    for (const { reason } of lost) expect(reason).toMatchObject({ code: 'STALE_FACTS', cpId: 'C' });
    const winner = tries[outcomes.findIndex((outcome) => outcome.status === 'fulfilled')];
    expect(await lookups.start('C', key)).toEqual({ transactionId: winner?.transactionId, knownStatus: 'Accepted' });
    expect(await places('C')).toHaveLength(2);
  });

  it('commits nothing at all of a decision that is stale', async () => {
    const { transactionId } = await lookups.start('D', key);
    await commit('D', start(transactionId));
    await told('D');
    const status: Effect = {
      kind: 'connectorStatus',
      evseId: 7,
      connectorId: 7,
      status: 'Charging',
      time: { at: now },
    };
    await expect(commit('D', status, start(transactionId + 1_000_000))).rejects.toMatchObject({ code: 'STALE_FACTS' });
    expect(await points.connectors('D')).toEqual([]);
    expect(await places('D')).toEqual([]);
  });

  it('leaves an ended transaction as it is when its stop is repeated', async () => {
    const { transactionId } = await lookups.start('E', key);
    await commit('E', start(transactionId));
    await commit('E', stop(transactionId));
    const before = await transactions.get('E', String(transactionId));
    await told('E');
    await commit('E', stop(transactionId));
    await commit('E', stop(transactionId, { meterStopWh: 1, reason: 'Other', time: { at: at(59) } }));
    await commit('E', start(transactionId));
    expect(await transactions.get('E', String(transactionId))).toEqual(before);
    expect(await places('E')).toEqual([]);
  });

  it('files a stop without a start once, and the next one beside it', async () => {
    const orphan = (meterStopWh: number) => stop('-1', { orphan: true, meterStopWh, evseId: 0, connectorId: 0 });
    await commit('F', orphan(10));
    await commit('F', orphan(10));
    await commit('F', orphan(20));
    await commit('F', stop('777', { orphan: true }));
    const { items } = await transactions.list({ limit: 9, cpId: 'F' });
    expect(items).toHaveLength(3);
    expect(items.every((item) => item.orphan && item.state === 'ended' && item.energyWh === null)).toBe(true);
    expect((await places('F')).filter((place) => place === TOPICS.transactionEnded)).toHaveLength(3);
  });

  it('keeps what one charger stops from the transactions of another', async () => {
    const { transactionId } = await lookups.start('G', key);
    await commit('G', start(transactionId));
    expect(await lookups.find('H', { by: 'id', transactionId: String(transactionId) })).toBeNull();
    await commit('H', stop(transactionId, { orphan: true }));
    expect(await transactions.get('G', String(transactionId))).toMatchObject({ state: 'active' });
  });

  it('decides again when a number handed out is taken by an orphan of the charger', async () => {
    const { transactionId } = await lookups.start('I', key);
    await commit('I', stop(transactionId, { orphan: true }));
    await expect(commit('I', start(transactionId))).rejects.toMatchObject({ code: 'STALE_FACTS' });
    const again = await lookups.start('I', key);
    await commit('I', start(again.transactionId));
    expect(await transactions.get('I', String(again.transactionId))).toMatchObject({ state: 'active' });
  });

  it('finds the transaction of a charger that does not know its number', async () => {
    const where = (evseId: number, minute: number) =>
      lookups
        .find('J', { by: 'evse', evseId, connectorId: evseId, at: at(minute) })
        .then((found) => found?.transactionId);
    expect(await where(1, 10)).toBeUndefined();
    const one = await lookups.start('J', key);
    await commit('J', start(one.transactionId));
    const second = { ...key, connectorId: 2 };
    const two = await lookups.start('J', second);
    await commit('J', { ...start(two.transactionId, second), time: { at: at(5) } });
    expect(await where(1, 10)).toBe(String(one.transactionId));
    expect(await where(0, 10)).toBe(String(two.transactionId));
    await commit('J', stop(two.transactionId, { time: { at: at(20) } }));
    // The stop comes again: it means the one that it ended, not the one still running.
    expect(await where(0, 20)).toBe(String(two.transactionId));
    expect(await where(0, 25)).toBe(String(one.transactionId));
    expect(await where(2, 15)).toBe(String(two.transactionId));
    expect(await where(2, 25)).toBeUndefined();
  });

  it('keeps what a station says at boot, whatever text it sends', async () => {
    await points.create({ cpId: 'Depot-L', passwordHash: 'hash' });
    const boot: Effect = {
      kind: 'stationBooted',
      vendor: 'Nul\0 and half \ud83d',
      model: 'M',
      firmwareVersion: '2',
      registration: { status: 'Accepted', intervalSeconds: 300 },
    };
    await commit('depot-l', boot);
    expect(await new StationLookups(points).find('DEPOT-L')).toMatchObject({
      cpId: 'Depot-L',
      passwordHash: 'hash',
      protocol: 'ocpp1.6',
      vendor: 'Nul and half \ufffd',
      registrationStatus: 'Accepted',
      lastBootAt: now,
      lastSeenAt: now,
    });
  });

  it('takes integers that no 32 bits hold', async () => {
    const huge = { ...key, connectorId: 9_007_199_254_740_991, meterStart: 9_223_372_036_854_776_000 };
    const { transactionId } = await lookups.start('M', huge);
    await commit('M', start(transactionId, huge));
    expect(await lookups.start('M', huge)).toMatchObject({ transactionId });
    await commit('M', {
      kind: 'connectorStatus',
      evseId: 9e18,
      connectorId: -1,
      status: 'Available',
      time: { at: now },
    });
    expect(await points.connectors('M')).toMatchObject([{ evseId: 2_147_483_647, connectorId: -1 }]);
  });

  it('F19 records connections with when the station was seen, and commands; one let in unknown gets its row', async () => {
    const connection = { connectionId: 'c', remoteAddress: '10.0.0.9', lastSeen: now };
    await recorder.recordConnection('New', 'ocpp1.6', { ...connection, connected: true }, now);
    await recorder.recordConnection('NEW', 'ocpp2.0.1', { ...connection, connected: true }, now);
    const seen = () => points.find('new').then((point) => point?.lastSeenAt);
    expect(await seen()).toEqual(now);
    const gone = { ...connection, connected: false, closeCode: 1000 };
    await recorder.recordConnection('New', 'ocpp2.0.1', { ...gone, lastSeen: at(90) }, at(91));
    // The late end of an older connection, and one of a charger that nobody knows.
    await recorder.recordConnection('New', 'ocpp2.0.1', { ...gone, lastSeen: at(89) }, at(91));
    await recorder.recordConnection('Never', 'ocpp2.0.1', { ...gone, lastSeen: at(89) }, at(91));
    expect(await seen()).toEqual(at(90));
    expect(await points.find('Never')).toBeNull();
    await recorder.recordCommand('New', 'ocpp2.0.1', { requestId: 'r', action: 'Reset', outcome: 'timeout' }, now);
    expect(await points.find('new')).toMatchObject({ cpId: 'New', protocol: 'ocpp2.0.1', registrationStatus: null });
    const ends = [TOPICS.connection, TOPICS.connection, TOPICS.connection];
    expect(await places('New')).toEqual([...ends, TOPICS.command]);
  });
});
