import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { publishEnergy, type EnergyCurve, type EnergyInterval, type EnergyPoint, type EnergyState } from './curve.ts';
import { byTime, sumOf } from './testdata/buckets.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 10, 30, 10);
const minute = (n: number): number => START + n * 60_000;

const state = (n: number, wh: number | null, more: Partial<EnergyState> = {}): EnergyState => ({
  startAt: START,
  at: minute(n),
  wh,
  base: 1000,
  source: 'Outlet',
  way: [],
  ...more,
});

function publishAll(...states: EnergyState[]): { curve: EnergyCurve | null; intervals: EnergyInterval[] } {
  let curve: EnergyCurve | null = null;
  const intervals = states.flatMap((each) => {
    const next = publishEnergy(curve, each);
    curve = next.curve;
    return next.intervals;
  });
  return { curve, intervals };
}

/** Minutes from the start, Wh. */
const path = (...states: EnergyState[]) =>
  publishAll(...states).intervals.map(({ from, to, quality }) => [
    (from[0] - START) / 60_000,
    from[1],
    (to[0] - START) / 60_000,
    to[1],
    ...quality,
  ]);
const hours = (...states: EnergyState[]) => [...byTime(publishAll(...states).intervals, HOUR).values()];

describe('publishEnergy', () => {
  it('draws one interval a change, each from where the one before it ended', () => {
    expect(path(state(10, 500), state(20, 900), state(20, 900), state(30, 900))).toEqual([
      [0, 0, 10, 500, 'estimated'],
      [10, 500, 20, 900],
      [20, 900, 30, 900],
    ]);
  });

  it('draws what was read again where the register began lower, of the same register alone', () => {
    const low = (source: string) =>
      path(state(44, 300, { source, base: 1600 }), state(60, 300, { source, base: 1600 }), state(61, 900)).slice(2);
    expect(low('Outlet L1+L2+L3')).toEqual([
      [60, 300, 0, 0, 'corrected'],
      [0, 0, 44, 900, 'corrected'],
      [44, 900, 60, 900, 'corrected'],
      [60, 900, 61, 900, 'corrected'],
    ]);
    expect(low('Inlet')).toEqual([
      [60, 300, 0, 0, 'corrected'],
      [0, 0, 61, 900, 'estimated', 'corrected'],
    ]);
  });

  it('publishes nothing while the energy is unknown', () => {
    expect(path(state(10, null), state(20, null))).toEqual([]);
  });

  it('says that nothing was drawn so far, and that it is not known whether', () => {
    expect(path(state(0, 0), state(0, null), state(0, 0), state(5, 0))).toEqual([
      [0, 0, 0, 0],
      [0, 0, 0, 0, 'corrected'],
      [0, 0, 0, 0],
      [0, 0, 5, 0, 'estimated'],
    ]);
  });

  it('follows the readings of the message, without those that contradict both neighbours or the bill', () => {
    const read: EnergyPoint[] = [
      [minute(10), 100],
      [minute(20), 99_999_999],
      [minute(30), 700],
      [minute(40), 300],
      [minute(50), 400],
      [minute(55), 0],
      [minute(90), 900],
    ];
    expect(path(state(60, 1000, { way: read.toReversed() }))).toEqual([
      [0, 0, 10, 100],
      [10, 100, 40, 300],
      [40, 300, 50, 400],
      [50, 400, 60, 1000],
    ]);
  });

  it('goes back to the last point that holds, and draws anew from there', () => {
    const states = [state(10, 500), state(70, 50_000), state(80, 800)];
    expect(path(...states)).toEqual([
      [0, 0, 10, 500, 'estimated'],
      [10, 500, 70, 50_000],
      [70, 50_000, 10, 500, 'corrected'],
      [10, 500, 80, 800, 'corrected'],
    ]);
    expect(hours(...states).map(Math.round)).toEqual([714, 86]);
  });

  it('takes all back when the energy turns unknown, and draws what is remembered when it is known again', () => {
    const states = [state(60, 500), state(120, 900), state(130, null)];
    expect(hours(...states)).toEqual([0, 0, 0]);
    expect(hours(...states, state(180, 1000))).toEqual([500, 400, 100, 0]);
  });

  it('moves back in time with an end that was corrected', () => {
    const states = [state(60, 500), state(180, 900), state(90, 800)];
    expect(hours(...states)).toEqual([500, 300, 0, 0]);
    expect(hours(...states, state(120, 850))).toEqual([500, 350, 0, 0]);
  });

  it('moves with a start that was corrected', () => {
    const early = { startAt: minute(-60), base: 0 };
    const { intervals } = publishAll(state(60, 500), state(60, 1000, early));
    expect(byTime(intervals, HOUR)).toEqual(
      new Map([
        [minute(-60), 500],
        [minute(0), 500],
        [minute(60), 0],
      ]),
    );
  });

  it('counts at its end what a clock that jumped by more than a week left open', () => {
    const days = 30 * 24 * 60;
    expect(path(state(60, 500), state(days, 900))).toEqual([
      [0, 0, 60, 500, 'estimated'],
      [60, 500, days, 900, 'clock_jump'],
    ]);
    const corrected = hours(state(60, 500), state(days, 900), state(90, 800));
    expect(corrected.slice(0, 2)).toEqual([500, 300]);
    expect(corrected.reduce((sum, wh) => sum + wh, 0)).toBe(800);
  });

  it('thins out what one message holds', () => {
    const way = Array.from({ length: 5000 }, (_, i): EnergyPoint => [START + i * 1000, i]);
    const { intervals } = publishAll(state(100, 6000, { way }));
    expect(intervals.length).toBeLessThan(602);
    expect(sumOf(intervals)).toBe(6000);
  });

  it('adds up to the bill after each change, in sum and by time, whatever order and repetition of intervals', () => {
    const wh = fc.oneof(fc.integer({ min: 0, max: 5000 }), fc.constantFrom(null, 0, 99_999_999));
    const states = fc.array(
      fc.record({
        // Quarters of hours and days, so that points meet the edges of buckets and jumps are seen.
        at: fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constantFrom(96 * 30, 96 * 9)).map((n) => minute(n * 15)),
        wh,
        startAt: fc.constantFrom(START, START, START, minute(-75), minute(20)),
        base: fc.constantFrom(1000, 1000, 1000, null),
        source: fc.constantFrom('Outlet', 'Outlet', 'Inlet'),
        way: fc.array(fc.tuple(fc.integer({ min: -4, max: 44 }), fc.integer({ min: 0, max: 6000 }))),
      }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(states, fc.infiniteStream(fc.nat()), (all, order) => {
        const published: EnergyInterval[] = [];
        let curve: EnergyCurve | null = null;
        for (const { way, ...each } of all) {
          const next = publishEnergy(curve, {
            ...each,
            at: Math.max(each.at, each.startAt),
            way: way.map(([n, energy]) => [minute(n * 15), energy]),
          });
          published.push(...next.intervals);
          curve = next.curve;
          const bill = each.wh ?? 0;
          expect(sumOf(published)).toBeCloseTo(bill, 3);
          const mixed = [...published, ...published.slice(1)]
            .map((interval) => [order.next().value ?? 0, interval] as const)
            .toSorted(([one], [other]) => one - other)
            .map(([, interval]) => interval);
          for (const length of [HOUR / 4, HOUR, 24 * HOUR]) {
            const sum = [...byTime(mixed, length).values()].reduce((total, part) => total + part, 0);
            expect(sum).toBeCloseTo(bill, 3);
          }
        }
        expect(JSON.stringify(curve).length).toBeLessThan(500);
      }),
      { numRuns: 300 },
    );
  });
});
