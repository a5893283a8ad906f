import { describe, expect, it } from '@jest/globals';
import type { ChargingProfile, ChargingSchedule } from '@ocpp-gw/contracts';
import fc from 'fast-check';
import { exceedsProfile } from './schedule-limit.ts';

const noon = new Date('2026-03-02T12:00:00Z');
type Step = readonly [startPeriod: number, limit: number];

const schedule = (steps: readonly Step[], more: Partial<ChargingSchedule> = {}): ChargingSchedule => ({
  chargingRateUnit: 'A',
  periods: steps.map(([startPeriod, limit]) => ({ startPeriod, limit })),
  ...more,
});
const profile = (limits: ChargingSchedule, more: Partial<ChargingProfile> = {}): ChargingProfile => ({
  chargingProfileId: 1,
  stackLevel: 0,
  purpose: 'TxProfile',
  kind: 'Absolute',
  schedule: limits,
  ...more,
});

const startSchedule = '2026-03-02T11:00:00Z';

interface Case {
  what: string;
  wanted: ChargingSchedule;
  allowed: ChargingProfile;
  exceeds: boolean;
}

const CASES: Case[] = [
  { what: 'as much as is allowed', wanted: schedule([[0, 16]]), allowed: profile(schedule([[0, 16]])), exceeds: false },
  { what: 'more than is allowed', wanted: schedule([[0, 16.1]]), allowed: profile(schedule([[0, 16]])), exceeds: true },
  {
    what: 'more in a later period',
    wanted: schedule([
      [0, 10],
      [600, 17],
    ]),
    allowed: profile(schedule([[0, 16]])),
    exceeds: true,
  },
  {
    what: 'as much as was allowed, while the limit falls within its period',
    wanted: schedule([[0, 16]]),
    allowed: profile(
      schedule([
        [0, 16],
        [600, 10],
      ]),
    ),
    exceeds: true,
  },
  {
    what: 'what is allowed by then, the profile having begun an hour before',
    wanted: schedule([[0, 20]]),
    allowed: profile(
      schedule(
        [
          [0, 10],
          [3600, 20],
        ],
        { startSchedule },
      ),
    ),
    exceeds: false,
  },
  {
    what: 'more than is allowed by then',
    wanted: schedule([[0, 20]]),
    allowed: profile(
      schedule(
        [
          [0, 20],
          [3599, 10],
        ],
        { startSchedule },
      ),
    ),
    exceeds: true,
  },
  {
    what: 'more than a profile that has run out by then',
    wanted: schedule([[0, 20]]),
    allowed: profile(schedule([[0, 10]], { startSchedule, duration: 3600 })),
    exceeds: false,
  },
  {
    what: 'more than a profile that begins after it has ended',
    wanted: schedule([[0, 20]], { duration: 600 }),
    allowed: profile(schedule([[0, 10]], { startSchedule: '2026-03-02T12:10:00Z' })),
    exceeds: false,
  },
  {
    what: 'as much as a relative profile allows, which begins when charging does',
    wanted: schedule([
      [0, 20],
      [600, 10],
    ]),
    allowed: profile(
      schedule([
        [0, 20],
        [600, 10],
      ]),
      { kind: 'Relative' },
    ),
    exceeds: false,
  },
  {
    what: 'more than a daily profile allows at this time of a later day',
    wanted: schedule([[0, 20]]),
    allowed: profile(
      schedule(
        [
          [0, 32],
          [3600, 16],
        ],
        { startSchedule: '2026-02-01T11:00:00Z' },
      ),
      { kind: 'Recurring', recurrencyKind: 'Daily' },
    ),
    exceeds: true,
  },
  {
    what: 'as much as a daily profile allows at this time of a later day',
    wanted: schedule([[0, 20]], { duration: 600 }),
    allowed: profile(
      schedule(
        [
          [0, 16],
          [3600, 32],
          [4200, 16],
        ],
        { startSchedule: '2026-02-01T11:00:00Z' },
      ),
      { kind: 'Recurring', recurrencyKind: 'Daily' },
    ),
    exceeds: false,
  },
  {
    what: 'more than a daily profile allows on the next day',
    wanted: schedule([[0, 20]], { duration: 24 * 3600 }),
    allowed: profile(
      schedule(
        [
          [0, 16],
          [3600, 32],
        ],
        { startSchedule },
      ),
      { kind: 'Recurring', recurrencyKind: 'Daily' },
    ),
    exceeds: true,
  },
  {
    what: 'as much as a weekly profile allows on this day, though not on another',
    wanted: schedule([[0, 20]], { duration: 3600 }),
    allowed: profile(
      schedule(
        [
          [0, 32],
          [24 * 3600, 6],
        ],
        { startSchedule: '2026-02-02T00:00:00Z' },
      ),
      { kind: 'Recurring', recurrencyKind: 'Weekly' },
    ),
    exceeds: false,
  },
  {
    what: 'what only another schedule of those offered allows',
    wanted: schedule([[0, 20]]),
    allowed: profile(schedule([[0, 16]]), { alternatives: [schedule([[0, 20]])] }),
    exceeds: false,
  },
  {
    what: 'watts, where amperes are limited',
    wanted: schedule([[0, 11_000]], { chargingRateUnit: 'W' }),
    allowed: profile(schedule([[0, 16]])),
    exceeds: false,
  },
];

describe('a vehicle’s schedule', () => {
  it.each(CASES)('that asks for $what exceeds the profile: $exceeds', ({ wanted, allowed, exceeds }) => {
    expect(exceedsProfile(wanted, noon, allowed)).toBe(exceeds);
  });

  const steps = fc
    .uniqueArray(fc.integer({ min: 1, max: 100 }), { maxLength: 4 })
    .chain((starts) =>
      fc
        .array(fc.integer({ min: 1, max: 32 }), { minLength: starts.length + 1, maxLength: starts.length + 1 })
        .map((limits) => limits.map((limit, index): Step => [index === 0 ? 0 : (starts[index - 1] as number), limit])),
    );

  /** The limit at a second, read off the plain list. */
  const at = (list: readonly Step[], second: number): number => {
    const begun = list.filter(([start]) => start <= second).toSorted(([one], [other]) => one - other);
    return begun.at(-1)?.[1] ?? Infinity;
  };

  it('exceeds a profile if it does so in any second, as a second-by-second comparison says', () => {
    fc.assert(
      fc.property(steps, steps, fc.integer({ min: 0, max: 100 }), (wanted, allowed, lead) => {
        const start = new Date(noon.getTime() - lead * 1000).toISOString();
        const seconds = Array.from({ length: 201 }, (_, second) => second);
        const expected = seconds.some((second) => at(wanted, second) > at(allowed, second + lead));
        const limits = profile(schedule(allowed, { startSchedule: start }));
        expect(exceedsProfile(schedule(wanted), noon, limits)).toBe(expected);
      }),
    );
  });
});
