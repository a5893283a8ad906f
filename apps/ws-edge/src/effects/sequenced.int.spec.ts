import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TOPICS, decodeEvent } from '@ocpp-gw/contracts';
import type {
  Effect,
  Sample,
  TransactionEndedEffect,
  TransactionStartedEffect,
  TransactionUpdatedEffect,
} from '@ocpp-gw/ocpp-j';
import { Transactions } from '@ocpp-gw/persistence';
import { sqlOf } from '@ocpp-gw/persistence/testing';
import { effectsOnPostgres } from './testdata/on-postgres.ts';

type Event = TransactionStartedEffect | TransactionUpdatedEffect | TransactionEndedEffect;

const now = new Date('2026-04-02T10:00:00Z');
const at = (second: number) => new Date(Date.UTC(2026, 3, 2, 9, 0, second));
const register = (value: number): Sample => ({
  at: now,
  value,
  unit: 'Wh',
  rawValue: String(value),
  rawUnit: 'Wh',
  measurand: 'Energy.Active.Import.Register',
});

const common = (seqNo: number) => ({
  transactionId: 'tx',
  seqNo,
  evseId: 0,
  connectorId: 0,
  samples: [] as Sample[],
  time: { at: at(seqNo) },
});
/** A reading of the event's own time. */
const reads = (seqNo: number, value: number): { samples: Sample[] } => ({
  samples: [{ ...register(value), at: at(seqNo) }],
});
const started = (seqNo: number, more: Partial<TransactionStartedEffect> = {}): TransactionStartedEffect => ({
  ...common(seqNo),
  kind: 'transactionStarted',
  ...more,
});
const updated = (seqNo: number, more: Partial<TransactionUpdatedEffect> = {}): TransactionUpdatedEffect => ({
  ...common(seqNo),
  kind: 'transactionUpdated',
  ...more,
});
const ended = (seqNo: number, more: Partial<TransactionEndedEffect> = {}): TransactionEndedEffect => ({
  ...common(seqNo),
  kind: 'transactionEnded',
  reason: 'EVDisconnected',
  ...more,
});
const session = [
  started(0, {
    evseId: 2,
    connectorId: 1,
    triggerReason: 'CablePluggedIn',
    chargingState: 'EVConnected',
    remoteStartId: 9,
  }),
  updated(1, { idToken: { idToken: 'TOKEN', type: 'Central' }, idTokenStatus: 'Accepted', ...reads(1, 1000) }),
  updated(2, { chargingState: 'Charging', ...reads(2, 1500) }),
  updated(3, { chargingState: 'SuspendedEV', ...reads(3, 2500) }),
  ended(4, { chargingState: 'Idle', ...reads(4, 3000), idToken: { idToken: 'OTHER', type: 'ISO14443' } }),
] as const;

describe('transactions of OCPP 2.0.1 on Postgres', () => {
  const station = effectsOnPostgres('effects-sequenced', { protocol: 'ocpp2.0.1', backend: true });
  const { commitAt, commitBy, outgoing } = station;
  const commit = (...events: Effect[]) => commitAt(now, ...events);
  const row = (transactionId = 'tx') => new Transactions(station.database).get(station.cpId, transactionId);
  const places = async () => (await outgoing()).map(({ destination }) => destination);

  // Durability is not what is shown here, and hundreds of commits are.
  beforeAll(async () => {
    await sqlOf(station.database).query('ALTER DATABASE eveys_ocpp SET synchronous_commit = off');
    await station.database.stop();
    await station.database.start();
  });

  /** The row that the events lead to, at a station of their own. */
  async function after(...events: readonly Event[]) {
    station.another();
    for (const event of events) await commit(event);
    return row();
  }

  it('reduces a session to its row', async () => {
    expect(await after(...session)).toMatchObject({
      state: 'ended',
      evseId: 2,
      connectorId: 1,
      idToken: 'TOKEN',
      idTokenType: 'Central',
      idTokenStatus: 'Accepted',
      startedAt: at(0),
      endedAt: at(4),
      meterStartWh: 1000,
      meterStopWh: 3000,
      energyWh: 2000,
      stopReason: 'EVDisconnected',
      chargingState: null,
      remoteStartId: 9,
      missingSeqNos: [],
      orphan: false,
    });
  });

  it('tells the charging state while it runs, of an ended one none', async () => {
    expect(await after(...session.slice(0, 3))).toMatchObject({ state: 'active', chargingState: 'Charging' });
    await commit(session[4]);
    expect(await row()).toMatchObject({ state: 'ended', chargingState: null });
  });

  it('lists what has not come yet, and takes it when it comes', async () => {
    const [start, , second, , end] = session;
    expect(await after(second, end)).toMatchObject({
      missingSeqNos: [0, 1, 3],
      orphan: true,
      startedAt: at(2),
      energyWh: 1500,
    });
    await commit(start);
    expect(await row()).toMatchObject({ missingSeqNos: [1, 3], orphan: false, startedAt: at(0), state: 'ended' });
  });

  it('does not reopen an ended transaction for anything that comes late', async () => {
    expect(await after(ended(1), updated(7, { chargingState: 'Charging' }))).toMatchObject({
      state: 'ended',
      missingSeqNos: [0, 2, 3, 4, 5, 6],
    });
  });

  it('changes nothing and tells nobody when an event is repeated, now and after a restart', async () => {
    await commit(...session);
    const before = await row();
    expect(await places()).toEqual([
      TOPICS.transactionStarted,
      TOPICS.transactionUpdated,
      TOPICS.meter,
      TOPICS.transactionUpdated,
      TOPICS.meter,
      TOPICS.transactionUpdated,
      TOPICS.meter,
      TOPICS.meter,
      TOPICS.transactionEnded,
      '/api/eveys/sessions/open',
      '/api/eveys/sessions/close',
    ]);
    for (const restarts of [0, 1]) {
      if (restarts > 0) station.restart();
      for (const event of session) {
        const again = { ...event, offline: true, idTokenStatus: 'Unknown' };
        expect(await commit(again)).toMatchObject({ outcomes: [{ is: 'repetition', transactionId: 'tx' }] });
      }
      expect(await row()).toEqual(before);
      expect(await places()).toEqual([]);
    }
  });

  it('commits an event once when several connections, at several pods, bring it at the same moment', async () => {
    const event = updated(3, reads(3, 5));
    await Promise.all(Array.from({ length: 6 }, (_, n) => commitBy(n % 3, now, event)));
    expect(await places()).toEqual([TOPICS.transactionUpdated, TOPICS.meter]);
    await Promise.all(session.flatMap((each) => [commitBy(0, now, each), commitBy(1, now, each)]));
    expect(await row()).toMatchObject({ state: 'ended', startedAt: at(0), missingSeqNos: [] });
    const published = await places();
    expect(published.filter((place) => place === TOPICS.transactionStarted)).toHaveLength(1);
    expect(published.filter((place) => place === TOPICS.meter)).toHaveLength(4);
  });

  it('takes the cost sent last, by the charger’s time', async () => {
    const cost = { amount: '4.50', currency: 'EUR' };
    const [dear, cheap] = [updated(2, { totalCost: 9 }), ended(3, { totalCost: 4.5, cost })];
    expect(await after(cheap, dear, started(0))).toMatchObject({ totalCost: 4.5, cost });
    expect(await after(started(0), dear)).toMatchObject({ totalCost: 9, cost: null });
    expect(await after(started(0))).toMatchObject({ totalCost: null });
  });

  it('loses neither of two different events under one seqNo', async () => {
    await commit(updated(1, { chargingState: 'Charging' }), updated(1, { chargingState: 'SuspendedEV' }));
    expect(await places()).toEqual([TOPICS.transactionUpdated, TOPICS.transactionUpdated]);
  });

  it('survives an absurd seqNo', async () => {
    const read = await after(started(0), updated(-4, { time: { at: at(5) } }), updated(9e15, { time: { at: at(9) } }));
    expect(read?.missingSeqNos).toHaveLength(1000);
    expect(read?.missingSeqNos[0]).toBe(1);
  });

  it.each(['tx', 'a~2', 'nul\0', 'half \ud83d'])(
    'keeps a second transaction under the id %j apart, and sorts its late events, over restarts too',
    async (transactionId) => {
      const [begin, , second, , end] = session.map((event) => ({ ...event, transactionId }));
      const again = session.map((event) => ({
        ...event,
        transactionId,
        time: { at: new Date(event.time.at.getTime() + 3600_000) },
        samples: event.samples.map((sample) => ({
          ...register((sample.value ?? 0) + 9000),
          at: new Date(sample.at.getTime() + 3600_000),
        })),
      }));
      for (const event of [begin, second, end, ...again.slice(0, 4)]) {
        await commit(event as Event);
        station.restart();
      }
      const { items } = await new Transactions(station.database).list({ limit: 9, cpId: station.cpId });
      expect(items.map(({ state, energyWh }) => [state, energyWh])).toEqual([
        ['active', 1500],
        ['ended', 1500],
      ]);
      // A late event of the first one, then the end of the second.
      const { outcomes } = await commit({ ...session[3], transactionId }, again[4] as Event);
      expect(outcomes.map((outcome) => outcome.transactionId)).toEqual([
        items[1]?.transactionId,
        items[0]?.transactionId,
      ]);
      const both = await new Transactions(station.database).list({ limit: 9, cpId: station.cpId });
      expect(both.items.map(({ state, energyWh }) => [state, energyWh])).toEqual([
        ['ended', 2000],
        ['ended', 1500],
      ]);
    },
  );

  it('reads the earlier messages again where an end comes that belongs between them, after a restart too', async () => {
    const late = (hour: number, event: Event): Event => ({
      ...event,
      time: { at: new Date(event.time.at.getTime() + hour * 3600_000) },
    });
    await commit(started(0, { evseId: 1, ...reads(0, 100) }));
    // The end of the first, and the start of the second, are late: this is taken for an event of the first.
    await commit(late(2, updated(1, { chargingState: 'Charging' })));
    station.restart();
    await commit(late(1, ended(2, reads(2, 900))));
    station.restart();
    await commit(late(1.5, started(0, { evseId: 1, idToken: { idToken: 'SECOND', type: 'Central' } })));
    const { items } = await new Transactions(station.database).list({ limit: 9, cpId: station.cpId });
    expect(items.map(({ transactionId, state, idToken }) => [transactionId, state, idToken])).toEqual([
      ['tx~2', 'active', 'SECOND'],
      ['tx', 'ended', null],
    ]);
    expect(await row('tx')).toMatchObject({ endedAt: late(1, ended(2)).time.at });
  });

  it('takes events of a row from before decisions were made in code', async () => {
    const [start, first, second, third, end] = session;
    await commit(start, first, second);
    const { cpId, database } = station;
    await sqlOf(database).query('UPDATE transactions SET ledger = NULL WHERE cp_id = $1', [cpId]);
    await sqlOf(database).query('UPDATE transaction_events SET facts = NULL WHERE cp_id = $1', [cpId]);
    await sqlOf(database).query('DELETE FROM transaction_ledgers WHERE cp_id = $1', [cpId]);
    station.restart();
    expect(await commit(second)).toMatchObject({ outcomes: [{ is: 'repetition' }] });
    expect(await commit(third, end)).toMatchObject({ outcomes: [{ is: 'this' }, { is: 'this' }] });
    expect(await row()).toMatchObject({
      state: 'ended',
      idToken: 'TOKEN',
      startedAt: at(0),
      meterStartWh: 1000,
      energyWh: 2000,
      missingSeqNos: [],
      remoteStartId: 9,
    });
  });

  it('ends in the same row, events and energy whatever the order, repetition, loss and replay of a whole transaction (OCPP 2.0.1 E04, E07)', async () => {
    const reading = fc.record({
      delta: fc.integer({ min: 0, max: 900 }),
      offline: fc.boolean(),
      published: fc.boolean(),
    });
    const transaction = fc
      .record({ readings: fc.array(reading, { minLength: 2, maxLength: 6 }) })
      .map(wholeTransaction);
    const scenario = transaction.chain((events) =>
      fc.record({
        events: fc.constant(events),
        // What gets through at first, some of it twice; then all that the station has is sent again.
        first: fc.shuffledSubarray([...events, ...events]),
        replay: fc.shuffledSubarray(events, { minLength: events.length }),
        restartAfter: fc.nat(12),
      }),
    );
    await fc.assert(
      fc.asyncProperty(scenario, async ({ events, first, replay, restartAfter }) => {
        const [inOrder, disturbed] = [await outcome(events), await outcome([...first, ...replay], restartAfter)];
        expect(disturbed).toEqual(inOrder);
        expect(inOrder.energyWh).toBe(energyOf(events));
        expect(disturbed.close).toMatchObject({ energy_wh: energyOf(events) });
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  /** Started, an Updated for each reading but the first and the last, Ended. */
  function wholeTransaction({
    readings,
  }: {
    readings: { delta: number; offline: boolean; published: boolean }[];
  }): Event[] {
    let total = 1000;
    return readings.map(({ delta, offline, published }, seqNo) => {
      const more = { offline, ...(published ? reads(seqNo, (total += delta)) : {}) };
      if (seqNo === 0)
        return started(0, { ...more, evseId: 2, connectorId: 1, idToken: { idToken: 'T', type: 'eMAID' } });
      if (seqNo === readings.length - 1) return ended(seqNo, { ...more, totalCost: 3.5, chargingState: 'Idle' });
      return updated(seqNo, { ...more, triggerReason: 'MeterValuePeriodic', chargingState: `State${seqNo}` });
    });
  }

  function energyOf(events: readonly Event[]): number | null {
    const published = events.flatMap(({ samples }) => samples.map(({ value }) => value ?? 0));
    return published.length < 2 ? null : Math.max(...published) - Math.min(...published);
  }

  /** What differs with the order of arrival: how often it was published anew, and when what was received. */
  const OF_ARRIVAL = ['revision', 'lastHeardAt', 'startReceivedAt', 'receivedAt'];

  /** All that is left of a transaction whose events came as given, at a station of its own. */
  async function outcome(deliveries: readonly Event[], restartAfter = -1) {
    station.another();
    for (const [index, event] of deliveries.entries()) {
      await commit(event);
      if (index === restartAfter) station.restart();
    }
    const [columns] = await station.rows(
      'transactions',
      `to_jsonb(transactions) - '{id,cp_id,created_at,updated_at,revision,last_heard_at}'::text[] AS row`,
    );
    const sent = await outgoing();
    const kafka = sent.filter(({ lane }) => lane === 'kafka').map(({ payload }) => decodeEvent(payload));
    expect(new Set(kafka.map(({ id }) => id)).size).toBe(kafka.length);
    return {
      columns: JSON.parse(JSON.stringify(columns), (name, value: unknown) =>
        OF_ARRIVAL.includes(name) ? undefined : value,
      ) as unknown,
      energyWh: (await row())?.energyWh,
      samples: kafka
        .filter(({ type }) => type === TOPICS.meter)
        .map(said)
        .sort(),
      progress: kafka
        .filter(({ type }) => type === TOPICS.transactionUpdated)
        .map(({ payload }) => seqNo(payload))
        .sort(),
      start: begun(kafka.filter(({ type }) => type === TOPICS.transactionStarted).map(({ payload }) => payload?.value)),
      end: over(kafka.filter(({ type }) => type === TOPICS.transactionEnded).map(({ payload }) => payload?.value)),
      close: latest(
        sent
          .filter(({ destination }) => destination === '/api/eveys/sessions/close')
          .map(({ payload }) => JSON.parse(Buffer.from(payload).toString()) as object),
      ),
    };
  }

  /** A start is published as it was known when it came, perhaps with registers that were reported before. */
  function begun(published: readonly unknown[]): object {
    const { meterStartWh: _register, ...facts } = latest(published) as Record<string, unknown>;
    return facts;
  }

  /** The row shows what was missing when the end was published, once it has come. */
  function over(published: readonly unknown[]): object {
    const { missingSeqNos: _missing, ...facts } = latest(published) as Record<string, unknown>;
    return facts;
  }

  function seqNo(payload: ReturnType<typeof decodeEvent>['payload']): number {
    return (payload?.value as { seqNo: number }).seqNo;
  }

  function said({ occurredAt, payload }: ReturnType<typeof decodeEvent>): string {
    return JSON.stringify([occurredAt, (payload?.value as { samples: object[] }).samples]);
  }

  /** What receivers who take the highest revision end up with. */
  function latest(published: readonly unknown[]): object {
    const revisions = published as { revision: number }[];
    const last = revisions.toSorted((one, other) => one.revision - other.revision).at(-1);
    // The end names the message that caused it; a correction names another one.
    const {
      revision: _revision,
      seqNo: _seqNo,
      offline: _offline,
      triggerReason: _trigger,
      ...facts
    } = (last ?? {}) as Record<string, unknown>;
    return facts;
  }
});
