import type { ChargingProfile } from '@ocpp-gw/contracts';
import { gatewayTransactionId } from '@ocpp-gw/ocpp-j';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fromWire, profileFaults, toWire } from './charging-profile.ts';

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const text = maybe(fc.constant('2026-03-01T10:00:00Z'));
const schedules = fc.record({
  duration: maybe(fc.nat()),
  startSchedule: text,
  chargingRateUnit: fc.constantFrom('A' as const, 'W' as const),
  minChargingRate: maybe(fc.nat()),
  periods: fc.array(
    fc.record({ startPeriod: fc.nat(), limit: fc.nat(), numberPhases: maybe(fc.nat()), phaseToUse: maybe(fc.nat()) }),
  ),
});
const profiles: fc.Arbitrary<ChargingProfile> = fc.record({
  chargingProfileId: fc.integer(),
  stackLevel: fc.nat(),
  purpose: fc.constantFrom('ChargingStationMaxProfile', 'TxDefaultProfile', 'TxProfile'),
  kind: fc.constantFrom('Absolute', 'Recurring', 'Relative'),
  recurrencyKind: maybe(fc.constantFrom('Daily', 'Weekly')),
  validFrom: text,
  validTo: text,
  transactionId: maybe(fc.string().map(gatewayTransactionId)),
  schedule: schedules,
  alternatives: maybe(fc.array(schedules, { minLength: 1, maxLength: 2 })),
});
const startSchedule = '2026-03-01T10:00:00Z';
const good: ChargingProfile = {
  chargingProfileId: 1,
  stackLevel: 0,
  purpose: 'TxProfile',
  kind: 'Absolute',
  schedule: {
    chargingRateUnit: 'W',
    startSchedule,
    periods: [0, 60, 3600].map((startPeriod) => ({ startPeriod, limit: 11_000 })),
  },
};
const unstarted = { ...good.schedule, startSchedule: undefined };
const periods = (...starts: number[]) => ({
  schedule: { ...good.schedule, periods: starts.map((startPeriod) => ({ startPeriod, limit: 6 })) },
});
const phases = (numberPhases: number | undefined, phaseToUse: number) => ({
  schedule: { ...good.schedule, periods: [{ startPeriod: 0, limit: 6, numberPhases, phaseToUse }] },
});

describe('ChargingProfile', () => {
  it('comes back from the words of 2.0.1 as it was', () => {
    fc.assert(fc.property(profiles, (profile) => expect(fromWire(toWire(profile))).toEqual(profile)));
  });

  it('numbers its schedules', () => {
    const { chargingSchedule } = toWire({ ...good, alternatives: [good.schedule, good.schedule] });
    expect(chargingSchedule.map(({ id }) => id)).toEqual([1, 2, 3]);
  });

  it.each<[string, Partial<ChargingProfile>]>([
    ['Absolute', {}],
    ['Recurring', { kind: 'Recurring', recurrencyKind: 'Weekly' }],
    ['Relative', { kind: 'Relative', schedule: unstarted }],
    ['of a transaction', { transactionId: 'b7f2c9' }],
    ['of one phase', phases(1, 2)],
    ['with alternatives', { alternatives: [good.schedule] }],
  ])('%s has no fault', (_, change) => {
    expect(profileFaults({ ...good, ...change }, '')).toEqual([]);
  });

  it.each<[string, Partial<ChargingProfile>, string]>([
    ['a stack level below 0', { stackLevel: -1 }, '/stackLevel'],
    ['a limit that others set', { purpose: 'ChargingStationExternalConstraints' }, '/chargingProfilePurpose'],
    ['a transaction of a default', { purpose: 'TxDefaultProfile', transactionId: '42' }, '/transactionId'],
    ['recurring without a period', { kind: 'Recurring' }, '/recurrencyKind'],
    ['a recurrency of what recurs never', { recurrencyKind: 'Daily' }, '/recurrencyKind'],
    [
      'a relative one of the whole station (K01.FR.38)',
      { purpose: 'ChargingStationMaxProfile', kind: 'Relative', schedule: unstarted },
      '/chargingProfileKind',
    ],
    ['an absolute one without a start (K01.FR.40)', { schedule: unstarted }, '/chargingSchedule/0/startSchedule'],
    ['a relative one with a start (K01.FR.41)', { kind: 'Relative' }, '/chargingSchedule/0/startSchedule'],
    ['a late first period (K01.FR.31)', periods(60), '/chargingSchedule/0/chargingSchedulePeriod/0/startPeriod'],
    [
      'a period as early as the one before (K01.FR.35)',
      periods(0, 60, 60),
      '/chargingSchedule/0/chargingSchedulePeriod/2/startPeriod',
    ],
    ['a phase of three (K01.FR.19)', phases(3, 2), '/chargingSchedule/0/chargingSchedulePeriod/0/phaseToUse'],
    ['a phase of who knows how many', phases(undefined, 2), '/chargingSchedule/0/chargingSchedulePeriod/0/phaseToUse'],
    [
      'an alternative that starts late',
      { alternatives: [periods(60).schedule] },
      '/chargingSchedule/1/chargingSchedulePeriod/0/startPeriod',
    ],
  ])('has one fault for %s', (_, change, path) => {
    expect(profileFaults({ ...good, ...change }, '/at')).toEqual([{ path: `/at${path}`, message: expect.any(String) }]);
  });
});
