import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TOPICS, decodeEvent } from '@ocpp-gw/contracts';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import type {
  Sample,
  TransactionEndedEffect,
  TransactionStartedEffect,
  TransactionUpdatedEffect,
} from '@ocpp-gw/ocpp-j';
import { Outbox, Transactions, createDatabase, migrate, type Database } from '@ocpp-gw/persistence';
import { Commit } from './commit.ts';
import { Effects } from './effects.ts';

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
const started = (seqNo: number, more: Partial<TransactionStartedEffect> = {}): Event => ({
  ...common(seqNo),
  kind: 'transactionStarted',
  ...more,
});
const updated = (seqNo: number, more: Partial<TransactionUpdatedEffect> = {}): Event => ({
  ...common(seqNo),
  kind: 'transactionUpdated',
  ...more,
});
const ended = (seqNo: number, more: Partial<TransactionEndedEffect> = {}): Event => ({
  ...common(seqNo),
  kind: 'transactionEnded',
  reason: 'EVDisconnected',
  ...more,
});

describe('effects of OCPP 2.0.1 on Postgres', () => {
  let plane: DataPlane;
  let database: Database;
  let outbox: Outbox;
  let sut: Effects;
  let transactions: Transactions;
  let stations = 0;

  beforeAll(async () => {
    plane = await startDataPlane({ name: 'effects-sequenced', only: ['postgres'] });
    await migrate({ url: plane.postgresUrl, applicationName: 'spec' });
    database = createDatabase({ url: plane.postgresUrl, poolSize: 6, applicationName: 'spec' });
    await database.start();
    // Durability is not what is shown here, and hundreds of commits are.
    await database.query('ALTER DATABASE eveys_ocpp SET synchronous_commit = off');
    await database.stop();
    await database.start();
    outbox = new Outbox(database);
    sut = new Effects({
      commit: new Commit({ database, outbox, onCommitted: () => undefined }),
      pod: 'pod-1',
      backend: true,
    });
    transactions = new Transactions(database);
  }, 120_000);

  afterAll(async () => {
    await database?.stop();
    await plane?.stop();
  });

  const commit = (cpId: string, ...events: Event[]) => sut.commit({ cpId, protocol: 'ocpp2.0.1' }, events, now);
  /** The row that the events lead to, at a station of their own. */
  async function after(events: readonly Event[]) {
    const cpId = `CP-${(stations += 1)}`;
    for (const event of events) await commit(cpId, event);
    const row = await transactions.get(cpId, 'tx');
    return row && { ...row, id: '', cpId: '', updatedAt: now };
  }
  /** Takes what the outbox holds for the station. */
  const outgoing = async (cpId: string) => {
    const rows = [...(await outbox.take('kafka', 999)), ...(await outbox.take('backend', 999))];
    const own = rows.filter((row) => row.cpId === cpId);
    await outbox.remove(own.map((row) => row.id));
    return own;
  };
  const places = async (cpId: string) => (await outgoing(cpId)).map((row) => row.destination);

  const session: Event[] = [
    started(0, {
      evseId: 2,
      connectorId: 1,
      triggerReason: 'CablePluggedIn',
      chargingState: 'EVConnected',
      remoteStartId: 9,
    }),
    updated(1, {
      idToken: { idToken: 'TOKEN', type: 'Central' },
      idTokenStatus: 'Accepted',
      samples: [register(1000)],
    }),
    updated(2, { chargingState: 'Charging', samples: [register(1500)] }),
    updated(3, { chargingState: 'SuspendedEV', samples: [register(2500)] }),
    ended(4, { chargingState: 'Idle', meterStopWh: 3000, idToken: { idToken: 'OTHER', type: 'ISO14443' } }),
  ];

  it('reduces a session to its row', async () => {
    expect(await after(session)).toMatchObject({
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
      chargingState: 'Idle',
      remoteStartId: 9,
      missingSeqNos: [],
      orphan: false,
    });
  });

  it('lists what has not come yet, and takes it when it comes', async () => {
    const [start, , second, , end] = session as [Event, Event, Event, Event, Event];
    expect(await after([second, end])).toMatchObject({
      missingSeqNos: [0, 1, 3],
      orphan: true,
      startedAt: at(2),
      energyWh: 1500,
    });
    expect(await after([second, end, start])).toMatchObject({
      missingSeqNos: [1, 3],
      orphan: false,
      startedAt: at(0),
      state: 'ended',
    });
  });

  it('does not reopen an ended transaction for anything that comes late', async () => {
    expect(await after([ended(1), updated(7, { chargingState: 'Charging' })])).toMatchObject({
      state: 'ended',
      chargingState: 'Charging',
      missingSeqNos: [0, 2, 3, 4, 5, 6],
    });
  });

  it('changes nothing and tells nobody when an event is repeated', async () => {
    await commit('repeat', ...session);
    const before = await transactions.get('repeat', 'tx');
    expect(await places('repeat')).toEqual([
      TOPICS.transactionStarted,
      TOPICS.transactionUpdated,
      TOPICS.meter,
      TOPICS.transactionUpdated,
      TOPICS.meter,
      TOPICS.transactionUpdated,
      TOPICS.meter,
      TOPICS.transactionEnded,
      '/api/eveys/sessions/open',
      '/api/eveys/sessions/close',
    ]);
    for (const event of session) await commit('repeat', { ...event, offline: true, idTokenStatus: 'Unknown' });
    expect(await transactions.get('repeat', 'tx')).toEqual(before);
    expect(await places('repeat')).toEqual([]);
  });

  it('commits an event once when two connections bring it at the same moment', async () => {
    await Promise.all(Array.from({ length: 6 }, () => commit('race', updated(3, { samples: [register(5)] }))));
    expect(await places('race')).toEqual([TOPICS.transactionUpdated, TOPICS.meter]);
    await Promise.all(session.flatMap((event) => [commit('race', event), commit('race', event)]));
    expect(await transactions.get('race', 'tx')).toMatchObject({ state: 'ended', energyWh: 2000, missingSeqNos: [] });
  });

  it('takes the cost told last, by seqNo', async () => {
    const [dear, cheap] = [updated(2, { totalCost: 9 }), ended(3, { totalCost: 4.5 })];
    expect(await after([cheap, dear, started(0)])).toMatchObject({ totalCost: 4.5 });
    expect(await after([started(0), dear])).toMatchObject({ totalCost: 9 });
    expect(await after([started(0)])).toMatchObject({ totalCost: null });
  });

  it('loses neither of two different events under one seqNo', async () => {
    await commit('twice', updated(1, { chargingState: 'Charging' }), updated(1, { chargingState: 'SuspendedEV' }));
    expect(await places('twice')).toEqual([TOPICS.transactionUpdated, TOPICS.transactionUpdated]);
  });

  it('survives an absurd seqNo', async () => {
    const row = await after([updated(9e15, { time: { at: at(9) } }), updated(-4), started(0)]);
    expect(row?.missingSeqNos).toHaveLength(1000);
    expect(row?.missingSeqNos[0]).toBe(1);
  });

  it('ends in the same row whatever the order and repetition of its events', async () => {
    const more = fc.record(
      {
        evseId: fc.constantFrom(0, 1),
        chargingState: fc.constantFrom('Charging', 'SuspendedEV', 'Idle'),
        samples: fc.array(fc.integer({ min: 0, max: 5000 }).map(register), { maxLength: 2 }),
        idToken: fc.record({ idToken: fc.constantFrom('A', 'B'), type: fc.constantFrom('Central', 'eMAID') }),
        remoteStartId: fc.integer({ min: 1, max: 3 }),
        totalCost: fc.integer({ min: 0, max: 3 }),
        time: fc.integer({ min: 0, max: 59 }).map((second) => ({ at: at(second) })),
      },
      { requiredKeys: [] },
    );
    // A small range of seqNos: gaps and two events under one number both happen.
    const event = fc
      .tuple(fc.constantFrom(started, updated, updated, ended), fc.nat(5), more)
      .map(([make, seqNo, fields]): Event => make(seqNo, fields));
    const scenario = fc
      .array(event, { minLength: 1, maxLength: 6 })
      .chain((events) =>
        fc.record({
          events: fc.constant(events),
          shuffled: fc.shuffledSubarray([...events, ...events], {
            minLength: events.length,
            maxLength: events.length * 2,
          }),
        }),
      )
      .map(({ events, shuffled }) => ({
        events,
        shuffled: [...shuffled, ...events.filter((e) => !shuffled.includes(e))],
      }));
    await fc.assert(
      fc.asyncProperty(scenario, async ({ events, shuffled }) => {
        expect(await after(shuffled)).toEqual(await after(events));
      }),
      { numRuns: 150 },
    );
  }, 120_000);

  it('ends in the same row, events and energy whatever the order, repetition, loss and replay of a whole transaction (OCPP 2.0.1 E04, E07)', async () => {
    const reading = fc.record({ delta: fc.integer({ min: 0, max: 900 }), offline: fc.boolean(), told: fc.boolean() });
    const transaction = fc
      .record({ readings: fc.array(reading, { minLength: 2, maxLength: 6 }) })
      .map(wholeTransaction);
    const scenario = transaction.chain((events) =>
      fc.record({
        events: fc.constant(events),
        // What gets through at first, some of it twice; then all that the station has is sent again.
        first: fc.shuffledSubarray([...events, ...events]),
        replay: fc.shuffledSubarray(events, { minLength: events.length }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(scenario, async ({ events, first, replay }) => {
        const [inOrder, disturbed] = [await outcome(events), await outcome([...first, ...replay])];
        expect(disturbed).toEqual(inOrder);
        expect(inOrder.energyWh).toBe(energyOf(events));
        expect(inOrder.closes).toBe(1);
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  /** Started, an Updated for each reading but the first and the last, Ended. */
  function wholeTransaction({ readings }: { readings: { delta: number; offline: boolean; told: boolean }[] }): Event[] {
    let total = 1000;
    return readings.map(({ delta, offline, told }, seqNo) => {
      const more = { offline, ...(told ? { samples: [register((total += delta))] } : {}) };
      if (seqNo === 0)
        return started(0, { ...more, evseId: 2, connectorId: 1, idToken: { idToken: 'T', type: 'eMAID' } });
      if (seqNo === readings.length - 1) return ended(seqNo, { ...more, totalCost: 3.5, chargingState: 'Idle' });
      return updated(seqNo, { ...more, triggerReason: 'MeterValuePeriodic', chargingState: `State${seqNo}` });
    });
  }

  function energyOf(events: readonly Event[]): number | null {
    const told = events.flatMap(({ samples }) => samples.map(({ value }) => value ?? 0));
    return told.length < 2 ? null : Math.max(...told) - Math.min(...told);
  }

  /** All that is left of a transaction whose events came as given, at a station of its own. */
  async function outcome(deliveries: readonly Event[]) {
    const cpId = `CP-${(stations += 1)}`;
    for (const event of deliveries) await commit(cpId, event);
    const [row] = await database.query<{ columns: object }>(
      `SELECT to_jsonb(transactions) - '{id,cp_id,created_at,updated_at}'::text[] AS columns
       FROM transactions WHERE cp_id = $1`,
      [cpId],
    );
    const sent = await outgoing(cpId);
    const kafka = sent.filter(({ lane }) => lane === 'kafka').map(({ payload }) => decodeEvent(payload));
    expect(new Set(kafka.map(({ id }) => id)).size).toBe(kafka.length);
    return {
      columns: row?.columns,
      energyWh: (await transactions.get(cpId, 'tx'))?.energyWh,
      events: kafka.map(said).sort(),
      closes: sent.filter(({ destination }) => destination === '/api/eveys/sessions/close').length,
    };
  }

  /** What an event says of itself. The rest is what the row knew when it was told: its place, and the sums of the end. */
  function said({ type, occurredAt, payload }: ReturnType<typeof decodeEvent>): string {
    const sums = ['evseId', 'connectorId', 'meterStartWh', 'meterStopWh', 'energyWh', 'startedAt', 'missingSeqNos'];
    const own = Object.entries(payload?.value ?? {}).filter(
      ([name]) => !sums.includes(name) && !(type === TOPICS.transactionEnded && name.startsWith('idToken')),
    );
    return JSON.stringify([type, occurredAt, Object.fromEntries(own)]);
  }
});
