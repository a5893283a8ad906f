import { describe, expect, it } from '@jest/globals';
import { TOPICS, decodeEvent } from '@ocpp-gw/contracts';
import type {
  Effect,
  MeterValuesEffect,
  Sample,
  StartKey,
  TransactionEndedEffect,
  TransactionStartedEffect,
} from '@ocpp-gw/ocpp-j';
import { ChargePoints, Transactions } from '@ocpp-gw/persistence';
import { sqlOf } from '@ocpp-gw/persistence/testing';
import { effectsOnPostgres } from './testdata/on-postgres.ts';

const now = new Date('2026-04-01T10:00:00Z');
const at = (minute: number) => new Date(Date.UTC(2026, 3, 1, 9, minute));
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
  evseId: 0,
  connectorId: 0,
  meterStopWh: 4000,
  reason: 'Local',
  samples: [],
  time: { at: at(30) },
  ...difference,
});
const unnamed = (difference: Partial<TransactionEndedEffect> = {}) => stop('-1', { unnamed: true, ...difference });
const energy = (wh: number, minute: number): Sample => ({
  at: at(minute),
  value: wh,
  unit: 'Wh',
  rawValue: String(wh),
  rawUnit: 'Wh',
  measurand: 'Energy.Active.Import.Register',
});
const reading = (transactionId: string | null, wh: number, minute: number): MeterValuesEffect => ({
  kind: 'meterValues',
  transactionId,
  evseId: 1,
  connectorId: 1,
  samples: [energy(wh, minute)],
  time: { at: at(minute) },
});

describe('transactions of OCPP 1.6 on Postgres', () => {
  const station = effectsOnPostgres('effects-numbered', { protocol: 'ocpp1.6', backend: true });
  const { commitAt, commitBy, outgoing } = station;
  const commit = (...effects: Effect[]) => commitAt(now, ...effects);
  const lookup = (naturalKey = key, pod = 0) => station.pod(pod).transactions.start(station.cpId, naturalKey, now);
  const row = (transactionId: number | string) =>
    new Transactions(station.database).get(station.cpId, String(transactionId));
  const all = async () => (await new Transactions(station.database).list({ limit: 99, cpId: station.cpId })).items;
  const places = async () => (await outgoing()).map(({ destination }) => destination);
  /** A start that is recorded; its number. */
  const begun = async (naturalKey = key): Promise<number> => {
    const { transactionId } = await lookup(naturalKey);
    await commit(start(transactionId, naturalKey));
    return transactionId;
  };

  it('writes a session from start to stop, and tells Kafka and the backend', async () => {
    const transactionId = await begun();
    expect(await row(transactionId)).toMatchObject({ state: 'active', evseId: 1, idToken: 'Tag', revision: 1 });
    const sample = { at: at(30), unit: 'W', rawValue: 'x', rawUnit: 'W', measurand: 'Power' };
    await commit(stop(transactionId, { samples: [sample] }));
    expect(await row(transactionId)).toMatchObject({
      state: 'ended',
      startedAt: at(0),
      endedAt: at(30),
      evseId: 1,
      idToken: 'Tag',
      idTokenStatus: 'Accepted',
      meterStartWh: 1000,
      meterStopWh: 4000,
      energyWh: 3000,
      energyReason: null,
      stopReason: 'Local',
      endInferred: null,
      revision: 2,
      orphan: false,
      missingSeqNos: [],
      chargingState: null,
    });
    const published = await outgoing();
    expect(published.map(({ destination }) => destination)).toEqual([
      TOPICS.transactionStarted,
      TOPICS.meter,
      TOPICS.transactionEnded,
      '/api/eveys/sessions/open',
      '/api/eveys/sessions/close',
    ]);
    expect(decodeEvent(published[2]?.payload ?? new Uint8Array()).payload).toMatchObject({
      value: { energyWh: 3000, meterStartWh: 1000, startedAt: at(0), revision: 2 },
    });
  });

  it('takes the same key of a clock that was never set for another transaction once the first one has ended', async () => {
    const unset: StartKey = { ...key, timestamp: '1970-01-01T00:00:12Z' };
    const time = { at: now, raw: unset.timestamp, assumed: true } as const;
    const first = await lookup(unset);
    await commit({ ...start(first.transactionId, unset), time });
    expect(await lookup(unset)).toMatchObject({ transactionId: first.transactionId });
    await commit(stop(first.transactionId, { time }));
    const second = await lookup(unset);
    expect(second.transactionId).not.toBe(first.transactionId);
    await commit({ ...start(second.transactionId, unset), time });
    expect(await row(second.transactionId)).toMatchObject({ state: 'active' });
    expect(await row(first.transactionId)).toMatchObject({ state: 'ended', energyWh: 3000 });
  });

  it('gives a repeated start its number and status again, in any letter case of the tag, and tells nobody', async () => {
    const transactionId = await begun();
    expect(await places()).toHaveLength(2);
    expect(await lookup({ ...key, idTag: 'TAG' })).toEqual({ transactionId, knownStatus: 'Accepted' });
    const { outcomes } = await commit(start(transactionId), start(transactionId, { ...key, idTag: 'TAG' }));
    expect(outcomes.map(({ is }) => is)).toEqual(['repetition', 'repetition']);
    expect(await places()).toEqual([]);
    expect(await row(transactionId)).toMatchObject({ revision: 1 });
  });

  it('numbers transactions from one up, each once in the whole gateway', async () => {
    const numbers = await Promise.all(
      Array.from({ length: 40 }, async (_, n) => (await lookup({ ...key, meterStart: n }, n % 3)).transactionId),
    );
    expect(new Set(numbers).size).toBe(40);
    expect(Math.min(...numbers)).toBeGreaterThan(0);
  });

  it('lets one of three pods that take the same start win, and tells the others to decide again', async () => {
    const pods = [0, 1, 2];
    const tries = await Promise.all(pods.map((pod) => lookup(key, pod)));
    const outcomes = await Promise.allSettled(
      tries.map(({ transactionId }, pod) => commitBy(pod, now, start(transactionId))),
    );
    const lost = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(lost).toHaveLength(2);
    for (const { reason } of lost) expect(reason).toMatchObject({ code: 'STALE_FACTS', cpId: station.cpId });
    const winner = tries[outcomes.findIndex((outcome) => outcome.status === 'fulfilled')];
    for (const pod of pods)
      expect(await lookup(key, pod)).toEqual({ transactionId: winner?.transactionId, knownStatus: 'Accepted' });
    expect(await all()).toHaveLength(1);
    expect(await places()).toHaveLength(2);
  });

  it('commits nothing at all of a decision that is stale', async () => {
    const transactionId = await begun();
    await outgoing();
    const status: Effect = {
      kind: 'connectorStatus',
      evseId: 7,
      connectorId: 7,
      status: 'Charging',
      time: { at: now },
    };
    await expect(commit(status, start(transactionId + 1_000_000))).rejects.toMatchObject({ code: 'STALE_FACTS' });
    expect(await new ChargePoints(station.database).connectors(station.cpId)).toEqual([]);
    expect(await places()).toEqual([]);
  });

  it('decides again, and loses and doubles nothing, where two pods write of one station by turns and at once', async () => {
    const transactionId = await begun();
    await commitBy(1, now, reading(null, 1500, 5));
    await commit(reading(String(transactionId), 2000, 10));
    await Promise.all([
      ...[0, 1].map((pod) => commitBy(pod, now, stop(transactionId))),
      ...[1, 0].map((pod) => commitBy(pod, now, unnamed({ meterStopWh: 9_999_999, time: { at: at(31) } }))),
      commitBy(1, now, reading(String(transactionId), 2500, 15)),
    ]);
    const rows = await all();
    expect(rows).toHaveLength(2);
    expect(rows.filter(({ unassignedReason }) => unassignedReason !== null)).toHaveLength(1);
    expect(await row(transactionId)).toMatchObject({ state: 'ended', energyWh: 3000, revision: 2 });
    const published = await places();
    expect(published.filter((place) => place === TOPICS.transactionEnded)).toHaveLength(2);
    expect(published.filter((place) => place === '/api/eveys/sessions/close')).toHaveLength(2);
    expect(published.filter((place) => place === TOPICS.meter)).toHaveLength(3);
  });

  it('leaves an ended transaction as it is when its stop is repeated, now and after a restart', async () => {
    const transactionId = await begun();
    await commit(stop(transactionId));
    const before = await row(transactionId);
    await outgoing();
    for (const restarts of [0, 1]) {
      if (restarts > 0) station.restart();
      const { outcomes } = await commit(stop(transactionId), start(transactionId));
      expect(outcomes).toEqual([
        { is: 'repetition', transactionId: String(transactionId) },
        { is: 'repetition', transactionId: String(transactionId) },
      ]);
      expect(await row(transactionId)).toEqual(before);
      expect(await places()).toEqual([]);
    }
  });

  it('tells an end that is corrected by a later stop again, with a higher revision', async () => {
    const transactionId = await begun();
    await commit(stop(transactionId, { reason: 'PowerLoss', meterStopWh: 2000, time: { at: at(20) } }));
    await outgoing();
    expect(await commit(stop(transactionId))).toMatchObject({ outcomes: [{ is: 'correction' }] });
    expect(await row(transactionId)).toMatchObject({
      energyWh: 3000,
      endedAt: at(30),
      stopReason: 'Local',
      revision: 3,
    });
    expect(await places()).toEqual([TOPICS.transactionEnded, '/api/eveys/sessions/close']);
  });

  it('keeps each stop that fits no transaction once, also after a restart', async () => {
    const stops = [unnamed({ meterStopWh: 10 }), unnamed({ meterStopWh: 20 }), stop('777')];
    await commit(...stops, ...stops);
    station.restart();
    await commit(...stops);
    const rows = await all();
    expect(rows).toHaveLength(3);
    for (const each of rows)
      expect(each).toMatchObject({
        transactionId: expect.stringMatching(/^stop-[0-9a-f]{16}$/),
        state: 'ended',
        energyWh: null,
        unassignedReason: 'no_transaction_fits',
        assignedTo: null,
        orphan: true,
        revision: 1,
      });
    expect(rows.map(({ stationTransactionId }) => stationTransactionId).sort()).toEqual(['-1', '-1', '777']);
    expect((await places()).filter((place) => place === TOPICS.transactionEnded)).toHaveLength(3);
  });

  it('assigns a stop that came before its start, also after a restart', async () => {
    const { outcomes } = await commit(unnamed());
    station.restart();
    const transactionId = await begun();
    expect(await row(transactionId)).toMatchObject({ state: 'ended', endedAt: at(30), energyWh: 3000 });
    expect(await all()).toHaveLength(1);
    expect(await row(outcomes[0]?.transactionId ?? '')).toMatchObject({
      assignedTo: String(transactionId),
      unassignedReason: null,
      energyWh: null,
      revision: 2,
    });
    expect(await places()).toEqual([
      TOPICS.transactionEnded,
      TOPICS.transactionEnded,
      TOPICS.transactionStarted,
      TOPICS.transactionEnded,
      '/api/eveys/sessions/close',
      '/api/eveys/sessions/close',
      '/api/eveys/sessions/close',
    ]);
    station.restart();
    expect(await commit(unnamed())).toMatchObject({
      outcomes: [{ is: 'repetition', transactionId: String(transactionId) }],
    });
  });

  it('assigns a stop as an operator says, once', async () => {
    const ids = [await begun(), await begun({ ...key, connectorId: 2, idTag: 'Other' })];
    await commit(unnamed());
    const [kept] = (await all()).filter((each) => each.unassignedReason === 'several_transactions_fit');
    const assigned: Effect = {
      kind: 'stopAssigned',
      transactionId: kept?.transactionId ?? '',
      to: String(ids[1]),
      by: 'operator',
    };
    await outgoing();
    station.restart();
    expect((await commit(assigned)).changed).toBe(2);
    expect((await commit(assigned)).changed).toBe(0);
    expect(await row(ids[1] ?? 0)).toMatchObject({ state: 'ended', energyWh: 3000, revision: 2 });
    expect(await row(ids[0] ?? 0)).toMatchObject({ state: 'active' });
    expect(await row(kept?.transactionId ?? '')).toMatchObject({ assignedTo: String(ids[1]), revision: 2 });
    expect(await places()).toHaveLength(4);
  });

  it('ends what an operator, or a silence, says has ended, and takes the stop that comes after all', async () => {
    const transactionId = await begun();
    await commit(reading(String(transactionId), 2500, 10));
    await outgoing();
    const inferred: Effect = { kind: 'transactionEndInferred', transactionId: String(transactionId), cause: 'silence' };
    await commit(inferred, inferred);
    expect(await row(transactionId)).toMatchObject({
      state: 'ended',
      endedAt: at(10),
      stopReason: 'EndLost',
      endInferred: 'silence',
      energyWh: 1500,
      revision: 2,
    });
    expect(await places()).toEqual([TOPICS.transactionEnded, '/api/eveys/sessions/close']);
    station.restart();
    expect(await commit(stop(transactionId))).toMatchObject({ outcomes: [{ is: 'correction' }] });
    expect(await row(transactionId)).toMatchObject({
      endInferred: null,
      stopReason: 'Local',
      energyWh: 3000,
      revision: 3,
    });
  });

  it('links a start to the remote start that led to it, after a restart, too, and unless that was refused', async () => {
    const sent = (remoteStartId: number, minute: number): Effect => ({
      kind: 'remoteStartSent',
      remoteStartId,
      idToken: 'TAG',
      connectorId: 0,
      sentAt: new Date(now.getTime() + minute * 60_000),
    });
    await commit(sent(6, -3), { kind: 'remoteStartRefused', remoteStartId: 6 }, sent(7, -1));
    station.restart();
    const first = await begun();
    expect(await row(first)).toMatchObject({ remoteStartId: 7, revision: 1 });
    await commit(stop(first));
    const second = await begun({ ...key, timestamp: '2026-04-01T09:40:00Z', meterStart: 4000 });
    expect(await row(second)).toMatchObject({ remoteStartId: null });
    await commit(stop(second), sent(8, -2));
    const third = await begun({ ...key, timestamp: '2026-04-01T09:50:00Z', meterStart: 5000 });
    expect(await row(third)).toMatchObject({ remoteStartId: 8, revision: 1 });
    await commit({ kind: 'remoteStartRefused', remoteStartId: 8 });
    expect(await row(third)).toMatchObject({ remoteStartId: null, revision: 2 });
  });

  it('keeps what one charger stops from the transactions of another', async () => {
    const { cpId } = station;
    const transactionId = await begun();
    station.another();
    expect(await commit(stop(transactionId))).toMatchObject({ outcomes: [{ is: 'unassigned' }] });
    expect(await new Transactions(station.database).get(cpId, String(transactionId))).toMatchObject({
      state: 'active',
    });
  });

  it('takes integers that no 32 bits hold', async () => {
    const huge = { ...key, connectorId: 9_007_199_254_740_991, meterStart: 9_223_372_036_854_776_000 };
    const transactionId = await begun(huge);
    station.restart();
    expect(await lookup(huge)).toMatchObject({ transactionId });
  });

  it('takes texts that Postgres cannot hold, and knows them again after a restart', async () => {
    const odd = { ...key, idTag: 'nul\0 half \ud83d', timestamp: '2026-04-01T09:00:00Z\0' };
    const transactionId = await begun(odd);
    station.restart();
    expect(await lookup(odd)).toMatchObject({ transactionId });
  });

  describe('written before decisions were made in code', () => {
    /** Columns alone, and no version of the station's transactions. */
    async function asBefore(): Promise<void> {
      const { cpId, database } = station;
      await sqlOf(database).query('UPDATE transactions SET ledger = NULL WHERE cp_id = $1', [cpId]);
      await sqlOf(database).query('DELETE FROM transaction_ledgers WHERE cp_id = $1', [cpId]);
      await sqlOf(database).query('DELETE FROM transaction_events WHERE cp_id = $1', [cpId]);
      station.restart();
      await outgoing();
    }

    it('end with their stop, and are billed by the start that the row remembers', async () => {
      const transactionId = await begun();
      await asBefore();
      expect(await lookup()).toEqual({ transactionId, knownStatus: 'Accepted' });
      expect(await commit(unnamed({ idToken: { idToken: 'TAG' } }))).toMatchObject({
        outcomes: [{ is: 'this', transactionId: String(transactionId) }],
      });
      expect(await row(transactionId)).toMatchObject({ state: 'ended', startedAt: at(0), energyWh: 3000, revision: 2 });
      station.restart();
      expect(await commit(unnamed({ idToken: { idToken: 'TAG' } }))).toMatchObject({
        outcomes: [{ is: 'repetition' }],
      });
    });

    it('stay as they are when their stop comes again, and tell nobody', async () => {
      const transactionId = await begun();
      await commit(stop(transactionId));
      await asBefore();
      const { updatedAt: _, ...before } = (await row(transactionId)) ?? { updatedAt: now };
      await commit(stop(transactionId));
      expect(await row(transactionId)).toMatchObject(before);
      expect(await places()).toEqual([]);
    });
  });
});
