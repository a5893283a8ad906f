import { describe, expect, it } from '@jest/globals';
import { TOPICS, decodeEvent } from '@ocpp-gw/contracts';
import type { Effect, Sample, TransactionStartedEffect } from '@ocpp-gw/ocpp-j';
import { Transactions } from '@ocpp-gw/persistence';
import { sqlOf } from '@ocpp-gw/persistence/testing';
import { effectsOnPostgres } from './testdata/on-postgres.ts';

const now = new Date('2026-04-02T10:00:00Z');
const at = (second: number) => new Date(Date.UTC(2026, 3, 2, 9, 0, second));

describe('what GetTransactionStatus says of transactions, on Postgres', () => {
  const station = effectsOnPostgres('effects-statuses', { protocol: 'ocpp2.0.1', backend: true });
  const { commitAt, outgoing } = station;
  const commit = (...effects: Effect[]) => commitAt(now, ...effects);
  const row = () => new Transactions(station.database).get(station.cpId, 'tx');
  const places = async () => (await outgoing()).map(({ destination }) => destination);

  const register = (value: number): Sample => ({
    at: now,
    value,
    unit: 'Wh',
    rawValue: String(value),
    rawUnit: 'Wh',
    measurand: 'Energy.Active.Import.Register',
  });
  const event = <Kind extends string>(kind: Kind, seqNo: number, wh: number) => ({
    kind,
    transactionId: 'tx',
    seqNo,
    evseId: 1,
    connectorId: 1,
    samples: [register(wh)],
    time: { at: at(seqNo) },
  });
  const started = event('transactionStarted', 0, 100) as TransactionStartedEffect;
  const updated = (seqNo: number, wh: number): Effect => event('transactionUpdated', seqNo, wh);
  const ended: Effect = { ...event('transactionEnded', 9, 900), reason: 'EVDisconnected' };
  const status = (ongoing: boolean, messagesInQueue: boolean): Effect => ({
    kind: 'transactionStatusReported',
    transactionId: 'tx',
    ongoing,
    messagesInQueue,
  });
  const OVER = status(false, false);

  it.each([
    ['runs', true, false],
    ['runs and has messages queued', true, true],
    ['is over and has messages queued: its Ended may be among them', false, true],
  ])('ends nothing while the transaction %s (OCPP 2.0.1 E14)', async (_what, ongoing, queued) => {
    await commit(started, updated(3, 200));
    await places();
    await commit(status(ongoing, queued));
    expect(await row()).toMatchObject({
      state: 'active',
      messagesInQueue: queued,
      gapsFinal: false,
      missingSeqNos: [1, 2],
    });
    expect(await places()).toEqual([]);
  });

  it('ends a running transaction that is over with an empty queue, when it was last heard of, and tells so once', async () => {
    await commit(started, updated(5, 700), updated(3, 200));
    await places();
    await commit(OVER);
    expect(await row()).toMatchObject({
      state: 'ended',
      endedAt: at(5),
      stopReason: 'EndLost',
      endInferred: 'status_answer',
      revision: 2,
      energyWh: 600,
      messagesInQueue: false,
      gapsFinal: true,
      missingSeqNos: [1, 2, 4],
    });
    const published = await outgoing();
    expect(published.map(({ destination }) => destination)).toEqual([
      TOPICS.transactionEnded,
      '/api/eveys/sessions/close',
    ]);
    expect(decodeEvent(published[0]?.payload ?? new Uint8Array())).toMatchObject({
      occurredAt: at(5),
      payload: {
        value: { transactionId: 'tx', evseId: 1, reason: 'EndLost', energyWh: 600, missingSeqNos: [1, 2, 4] },
      },
    });
    const before = await row();
    await commit(OVER);
    expect(await row()).toEqual(before);
    expect(await places()).toEqual([]);
  });

  it('lets a real Ended that comes after all win its fields, and tells its samples and the end anew', async () => {
    await commit(started, OVER);
    await places();
    await commit(ended);
    expect(await row()).toMatchObject({
      state: 'ended',
      endedAt: at(9),
      stopReason: 'EVDisconnected',
      energyWh: 800,
      meterStopWh: 900,
    });
    const published = await outgoing();
    expect(published.map(({ destination }) => destination)).toEqual([
      TOPICS.meter,
      TOPICS.transactionEnded,
      '/api/eveys/sessions/close',
    ]);
    expect(decodeEvent(published[1]?.payload ?? new Uint8Array()).payload).toMatchObject({
      value: { revision: 3, reason: 'EVDisconnected', endInferred: '', energyWh: 800 },
    });
    await commit(ended, updated(2, 150));
    expect(await row()).toMatchObject({ endedAt: at(9), stopReason: 'EVDisconnected' });
    expect(await places()).toEqual([TOPICS.transactionUpdated, TOPICS.meter]);
  });

  it('makes the gaps of an ended transaction final, and tells nobody', async () => {
    await commit(started, ended);
    await places();
    await commit(status(false, true));
    expect(await row()).toMatchObject({ gapsFinal: false, messagesInQueue: true });
    await commit(OVER);
    expect(await row()).toMatchObject({ gapsFinal: true, messagesInQueue: false, stopReason: 'EVDisconnected' });
    expect(await places()).toEqual([]);
  });

  it('says nothing of a transaction that is unknown here', async () => {
    await commit(OVER);
    expect(await row()).toBeNull();
    expect(await places()).toEqual([]);
  });

  it('ends the profiles of the transaction that it ends, and not those of the next one', async () => {
    const profile = (chargingProfileId: number): Effect => ({
      kind: 'chargingProfileSet',
      evseId: 1,
      profile: {
        chargingProfileId,
        stackLevel: 0,
        purpose: 'TxProfile',
        kind: 'Absolute',
        schedule: { chargingRateUnit: 'A', periods: [{ startPeriod: 0, limit: 16 }] },
      },
    });
    const ids = () =>
      sqlOf(station.database).query('SELECT charging_profile_id AS id FROM charging_profiles WHERE cp_id = $1', [
        station.cpId,
      ]);
    await commit(started, profile(1));
    await commit(OVER);
    expect(await ids()).toEqual([]);
    await commit(profile(2));
    await commit(ended);
    expect(await ids()).toEqual([{ id: 2 }]);
  });
});
