import { describe, expect, it } from '@jest/globals';
import type { Event } from '@ocpp-gw/contracts';
import { endedEvent, meterEvent } from '@ocpp-gw/testing';
import { PublishedTransactions, type Said } from '@ocpp-gw/testing-transactions';
import fc from 'fast-check';
import { randomInt } from 'node:crypto';
import {
  HEARD,
  at,
  billed,
  byPhase,
  clock,
  inlet,
  once,
  reportedAt,
  session16,
  session201,
  viewsOnClickHouse,
} from './testdata/views-on-clickhouse.ts';

describe('views of energy', () => {
  const views = viewsOnClickHouse('energy-views');

  describe('of an ended session', () => {
    it.each<[string, Said[], Record<string, number>]>([
      [
        'A7 whatever a stray reading says',
        session16(
          1000,
          [
            { minute: 30, value: 2000 },
            { minute: 40, value: 99_999_999 },
            { minute: 45, value: 0 },
            { minute: 60, value: 3000 },
          ],
          [120, 5000],
        ),
        { [clock(10)]: 2000, [clock(11)]: 2000 },
      ],
      [
        'A7 whatever a list of readings at its end says',
        session16(1000, [], [120, 5000, { minute: 30, value: 99_999_999 }, { minute: 60, value: 3000 }]),
        { [clock(10)]: 2000, [clock(11)]: 2000 },
      ],
      [
        'A7 not what was accepted and is taken back',
        session16(
          1000,
          [
            { minute: 30, value: 2000 },
            { minute: 60, value: 90_000 },
          ],
          [120, 5000],
        ),
        { [clock(10)]: 2000, [clock(11)]: 2000 },
      ],
      [
        'C7 by the outlet alone, where two meters are reported',
        session201([
          [
            { minute: 0, value: 0 },
            { minute: 0, value: 700, ...inlet },
          ],
          [
            { minute: 60, value: 1500 },
            { minute: 60, value: 800, ...inlet },
          ],
          [{ minute: 120, value: 2000 }],
        ]),
        { [clock(10)]: 1500, [clock(11)]: 500 },
      ],
      [
        'C3 by the sum of phases',
        session201([byPhase(0, 1, 2, 3), byPhase(60, 101, 102, 103), byPhase(120, 134, 135, 137)]),
        { [clock(10)]: 300, [clock(11)]: 100 },
      ],
      [
        'evenly, where nothing was read between',
        session16(1000, [], [120, 2000]),
        { [clock(10)]: 500, [clock(11)]: 500 },
      ],
      [
        'C4 by intervals',
        session201([
          [{ minute: 0, value: 0, measurand: 'Energy.Active.Import.Interval' }],
          [{ minute: 60, value: 900, measurand: 'Energy.Active.Import.Interval' }],
          [{ minute: 120, value: 100, measurand: 'Energy.Active.Import.Interval' }],
        ]),
        { [clock(10)]: 900, [clock(11)]: 100 },
      ],
      [
        'in the hour of its end, where its clock jumped',
        session16(1000, [], [60 * 24 * 30, 2000]),
        { '2026-01-31 10:00:00': 1000 },
      ],
      [
        'A9 not at all, where it was not billed',
        session16(
          100_000,
          [
            { minute: 10, value: 101_000 },
            { minute: 20, value: 0 },
            { minute: 30, value: 500 },
          ],
          [60, 1000],
        ),
        {},
      ],
    ])('energy_per_charger_hour spreads what was billed: %s', async (_how, said, expected) => {
      expect(await views.hours(await views.published(said))).toEqual(expected);
    });

    it('have the published intervals alone, and none from start to end besides', async () => {
      const cpId = await views.published(session16(1000, [{ minute: 30, value: 2000 }], [60, 3000]));
      expect((await views.rows('energy_intervals', cpId)).map(({ number }) => number)).not.toContain(0);
    });

    it('A6t counts a session in no hour in which it drew nothing, and says what is estimated', async () => {
      const cpId = await views.published(session16(1000, [], [60, 2000]));
      expect(await views.rows('energy_per_charger_hour', cpId)).toEqual([
        { cp_id: cpId, hour: clock(10), energy_wh: 1000, estimated_wh: 1000, transactions: 1 },
      ]);
    });

    it('adds nothing to the intervals that were published, when the session ends later', async () => {
      const cpId = views.station();
      await views.insert(endedEvent({ ...billed(120, 0, 1000), ...once(1000, 30) }, reportedAt(cpId, 120)));
      expect(await views.hours(cpId)).toEqual({ [clock(10)]: 1000 });
      const intervals = 'SELECT number FROM energy_intervals FINAL WHERE cp_id = {cpId:String}';
      expect(await views.query(intervals, { cpId })).toEqual([{ number: 1 }]);
    });

    it('spreads what was billed over quarters of hours, days, and days of a time zone', async () => {
      const cpId = await views.published(session16(0, [{ minute: 30, value: 1000 }], [870, 1840]));
      expect((await views.rows('interval_energy', cpId)).slice(0, 3)).toEqual([
        expect.objectContaining({ begins_at: clock(10), energy_wh: 500, mean_power_w: 2000, estimated: true }),
        expect.objectContaining({ begins_at: '2026-01-01 10:15:00', energy_wh: 500, estimated: true }),
        expect.objectContaining({ begins_at: '2026-01-01 10:30:00', energy_wh: 15, estimated: false }),
      ]);
      expect(await views.rows('energy_per_charger_day', cpId)).toMatchObject([
        { day: '2026-01-01', energy_wh: 1810, transactions: 1 },
        { day: '2026-01-02', energy_wh: 30 },
      ]);
      expect(await views.rows("energy_per_local_day(time_zone = 'Asia/Kolkata')", cpId)).toMatchObject([
        { day: '2026-01-01', energy_wh: 1480 },
        { day: '2026-01-02', energy_wh: 360 },
      ]);
    });
  });

  describe('time series', () => {
    const day = { from: at(0), to: at(24 * 60) };

    it('give energy and its mean power by time, in order', async () => {
      const cpId = await views.published(session16(0, [{ minute: 30, value: 1000 }], [90, 1600]));
      const series = views.series();
      expect(await series.energy(cpId, { ...day, interval: 'hour' })).toEqual([
        { beginsAt: at(0), endsAt: at(60), energyWh: 1300, estimatedWh: 0, transactions: 1 },
        { beginsAt: at(60), endsAt: at(120), energyWh: 300, estimatedWh: 0, transactions: 1 },
      ]);
      expect(await series.energyOfTransaction(cpId, '1', { from: at(15), to: at(45), interval: '15m' })).toEqual([
        { beginsAt: at(15), endsAt: at(30), energyWh: 500, meanPowerW: 2000, estimated: true },
        { beginsAt: at(30), endsAt: at(45), energyWh: 150, meanPowerW: 600, estimated: false },
      ]);
      expect(await series.energyOfTransaction(cpId, '2', { ...day, interval: 'day' })).toEqual([]);
    });

    it('give the lowest, highest, mean and latest value of each measurand once, however often it was inserted', async () => {
      const cpId = views.station();
      const power = (minute: number, value: number) =>
        meterEvent(
          {
            samples: [
              { measurand: 'Power.Active.Import', unit: 'W', value, sampledAt: at(minute), location: 'Outlet' },
            ],
          },
          reportedAt(cpId, minute),
        );
      await views.insert(power(0, 100), power(5, 400), power(10, 250), power(20, 50));
      const of = {
        evseId: 1,
        connectorId: 1,
        measurand: 'Power.Active.Import',
        phase: null,
        location: 'Outlet',
        unit: 'W',
      };
      const asked = { measurand: 'Power.Active.Import', transactionId: '1' };
      expect(await views.series().meterValues(cpId, { ...day, interval: '15m' }, asked)).toEqual([
        { ...of, beginsAt: at(0), endsAt: at(15), min: 100, max: 400, mean: 250, last: 250, samples: 3 },
        { ...of, beginsAt: at(15), endsAt: at(30), min: 50, max: 50, mean: 50, last: 50, samples: 1 },
      ]);
      expect(await views.series().meterValues(cpId, { ...day, interval: 'hour' }, { measurand: 'Voltage' })).toEqual(
        [],
      );
    });
  });

  describe('of any sessions', () => {
    const wh = fc.oneof(fc.integer({ min: 1000, max: 9000 }), fc.constantFrom(0, 99_999_999, 90_000));
    const sample = fc.record({
      minute: fc.integer({ min: 0, max: 40 }).map((n) => n * 5),
      value: wh,
      more: fc.constantFrom({}, {}, {}, inlet, { phase: 'L1' }, { measurand: 'Energy.Active.Import.Interval' }),
    });
    const said = fc.record({
      kind: fc.constantFrom('started', 'reading', 'reading', 'updated', 'updated', 'ended'),
      // Days in between are clocks that jump.
      minute: fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constantFrom(288 * 9)).map((n) => n * 5),
      id: fc.constantFrom('1', '1', '2'),
      seqNo: fc.integer({ min: 0, max: 6 }),
      evseId: fc.constantFrom(1, 1, 2),
      wh,
      read: fc.array(sample, { maxLength: 4 }),
    });

    it.each(['ocpp1.6', 'ocpp2.0.1'] as const)(
      'quarters, hours and days add up to what is billed, whatever a charger of %s sends, in any order and repetition of inserts',
      async (protocol) => {
        const seed = randomInt(2 ** 31);
        const runs = fc.sample(fc.tuple(fc.array(said, { minLength: 1, maxLength: 12 }), fc.infiniteStream(fc.nat())), {
          numRuns: 150,
          seed,
        });
        const billedBy = new Map<string, number | null>();
        const batches: Event[] = [];
        for (const [messages] of runs) {
          const cpId = views.station();
          const transactions = new PublishedTransactions(cpId, protocol, HEARD);
          for (const { minute, read, seqNo, kind, ...message } of messages) {
            const isNamed = protocol === 'ocpp2.0.1';
            if (isNamed ? kind === 'reading' : kind === 'updated') continue;
            const values = read.map(({ minute: n, value, more }) => ({ at: at(n), value, unit: 'Wh', ...more }));
            batches.push(
              ...transactions.take({
                ...message,
                kind,
                at: at(minute),
                samples: values,
                ...(isNamed ? { seqNo, wh: undefined } : {}),
              } as Said),
            );
          }
          for (const [id, energy] of transactions.bills()) billedBy.set(`${cpId} ${id}`, energy);
        }
        const order = runs[0]?.[1];
        const mixed = [...batches, ...batches.filter((_, i) => i % 3 === 0)]
          .map((event) => [order?.next().value ?? 0, event] as const)
          .toSorted(([one], [other]) => one - other)
          .map(([, event]) => event);
        for (let i = 0; i < mixed.length; i += 400) await views.insert(...mixed.slice(i, i + 400));

        const sums = async (query: string): Promise<Map<string, number>> =>
          new Map((await views.query<{ id: string; wh: number }>(query)).map(({ id, wh: energy }) => [id, energy]));
        const finest = await sums(
          "SELECT concat(cp_id, ' ', transaction_id) AS id, sum(energy_wh) AS wh FROM interval_energy GROUP BY id",
        );
        const shown = await sums(
          "SELECT concat(cp_id, ' ', transaction_id) AS id, energy_wh AS wh FROM sessions WHERE energy_wh IS NOT NULL",
        );
        for (const [id, energy] of billedBy) {
          expect([seed, id, finest.get(id) ?? 0]).toEqual([seed, id, expect.closeTo(energy ?? 0, 2)]);
          expect([seed, id, shown.get(id) ?? null]).toEqual([seed, id, energy]);
        }
        const ofStation = Map.groupBy(billedBy, ([id]) => id.split(' ')[0] ?? '');
        for (const view of [
          'energy_per_charger_hour',
          'energy_per_charger_day',
          "energy_per_local_day(time_zone = 'Asia/Kolkata')",
        ]) {
          const found = await sums(`SELECT cp_id AS id, sum(energy_wh) AS wh FROM ${view} GROUP BY id`);
          for (const [cpId, all] of ofStation) {
            const energy = all.reduce((sum, [, each]) => sum + (each ?? 0), 0);
            expect([seed, view, cpId, found.get(cpId) ?? 0]).toEqual([seed, view, cpId, expect.closeTo(energy, 2)]);
          }
        }
      },
      120_000,
    );
  });
});
