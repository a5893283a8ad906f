import type { ChargingProfile } from '@ocpp-gw/contracts';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fromWire, profileFaults, toWire } from './charging-profile.ts';

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const text = maybe(fc.constant('2026-03-01T10:00:00Z'));
const profiles: fc.Arbitrary<ChargingProfile> = fc.record({
  chargingProfileId: fc.integer(),
  stackLevel: fc.nat(),
  purpose: fc.constantFrom('ChargingStationMaxProfile', 'TxDefaultProfile', 'TxProfile'),
  kind: fc.constantFrom('Absolute', 'Recurring', 'Relative'),
  recurrencyKind: maybe(fc.constantFrom('Daily', 'Weekly')),
  validFrom: text,
  validTo: text,
  transactionId: maybe(fc.nat({ max: 2 ** 31 - 1 }).map(String)),
  schedule: fc.record({
    duration: maybe(fc.nat()),
    startSchedule: text,
    chargingRateUnit: fc.constantFrom('A', 'W'),
    minChargingRate: maybe(fc.nat()),
    periods: fc.array(fc.record({ startPeriod: fc.nat(), limit: fc.nat(), numberPhases: maybe(fc.nat()) })),
  }),
});
const good: ChargingProfile = {
  chargingProfileId: 1,
  stackLevel: 0,
  purpose: 'TxProfile',
  kind: 'Absolute',
  schedule: {
    chargingRateUnit: 'W',
    startSchedule: '2026-03-01T10:00:00Z',
    periods: [0, 60, 3600].map((startPeriod) => ({ startPeriod, limit: 11_000 })),
  },
};
const periods = (...starts: number[]) => ({
  schedule: { ...good.schedule, periods: starts.map((startPeriod) => ({ startPeriod, limit: 6 })) },
});

describe('ChargingProfile', () => {
  it('comes back from the words of 1.6 as it was', () => {
    fc.assert(fc.property(profiles, (profile) => expect(fromWire(toWire(profile))).toEqual(profile)));
  });

  it.each<[string, Partial<ChargingProfile>]>([
    ['Absolute', {}],
    ['Recurring', { kind: 'Recurring', recurrencyKind: 'Weekly' }],
    ['Relative', { kind: 'Relative', schedule: { ...good.schedule, startSchedule: undefined } }],
    ['of a transaction', { transactionId: '42' }],
  ])('%s has no fault', (_, change) => {
    expect(profileFaults({ ...good, ...change }, '')).toEqual([]);
  });

  it.each<[string, Partial<ChargingProfile>, string]>([
    ['a stack level below 0', { stackLevel: -1 }, '/stackLevel'],
    ['a transaction of a default', { purpose: 'TxDefaultProfile', transactionId: '42' }, '/transactionId'],
    ['a transaction id of another version', { transactionId: 'b7f2c9' }, '/transactionId'],
    ['recurring without a period', { kind: 'Recurring' }, '/recurrencyKind'],
    ['a recurrency of what recurs never', { recurrencyKind: 'Daily' }, '/recurrencyKind'],
    ['a relative one with a start', { kind: 'Relative' }, '/chargingSchedule/startSchedule'],
    ['another schedule to pick', { alternatives: [good.schedule] }, '/chargingSchedule'],
    [
      'a phase to use',
      { schedule: { ...good.schedule, periods: [{ startPeriod: 0, limit: 6, numberPhases: 1, phaseToUse: 2 }] } },
      '/chargingSchedule/chargingSchedulePeriod/0',
    ],
    ['no period', periods(), '/chargingSchedule/chargingSchedulePeriod'],
    ['a late first period', periods(60), '/chargingSchedule/chargingSchedulePeriod/0/startPeriod'],
    [
      'a period as early as the one before',
      periods(0, 60, 60),
      '/chargingSchedule/chargingSchedulePeriod/2/startPeriod',
    ],
  ])('has one fault for %s', (_, change, path) => {
    expect(profileFaults({ ...good, ...change }, '/at')).toEqual([{ path: `/at${path}`, message: expect.any(String) }]);
  });
});
