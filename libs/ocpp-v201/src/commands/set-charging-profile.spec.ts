import type { SettableChargingProfile } from '@ocpp-gw/contracts';
import { describe, expect, it } from '@jest/globals';
import { toWire } from './charging-profile.ts';
import { setChargingProfile } from './set-charging-profile.ts';

const txDefault: SettableChargingProfile = {
  chargingProfileId: 1,
  stackLevel: 0,
  purpose: 'TxDefaultProfile',
  kind: 'Absolute',
  schedule: {
    startSchedule: '2026-03-01T10:00:00Z',
    chargingRateUnit: 'A',
    periods: [{ startPeriod: 0, limit: 6.5 }],
  },
};
const wire = {
  id: 1,
  stackLevel: 0,
  chargingProfilePurpose: 'TxDefaultProfile',
  chargingProfileKind: 'Absolute',
  chargingSchedule: [
    {
      id: 1,
      startSchedule: '2026-03-01T10:00:00Z',
      chargingRateUnit: 'A',
      chargingSchedulePeriod: [{ startPeriod: 0, limit: 6.5 }],
    },
  ],
};
const set = (evseId: number, change: Partial<SettableChargingProfile>) =>
  setChargingProfile.toCall({ kind: 'SetChargingProfile', evseId, chargingProfile: { ...txDefault, ...change } });

describe('SetChargingProfile', () => {
  it.each<{ evseId: number; change: Partial<SettableChargingProfile>; profile: object }>([
    { evseId: 0, change: {}, profile: wire },
    { evseId: 2, change: {}, profile: wire },
    {
      evseId: 0,
      change: { purpose: 'ChargingStationMaxProfile' },
      profile: { ...wire, chargingProfilePurpose: 'ChargingStationMaxProfile' },
    },
    {
      evseId: 1,
      change: { purpose: 'TxProfile', transactionId: 'b7f2c9' },
      profile: { ...wire, chargingProfilePurpose: 'TxProfile', transactionId: 'b7f2c9' },
    },
    {
      evseId: 1,
      change: { kind: 'Recurring', recurrencyKind: 'Daily' },
      profile: { ...wire, chargingProfileKind: 'Recurring', recurrencyKind: 'Daily' },
    },
  ])('sends $change on EVSE $evseId (TC_K_01, TC_K_03, TC_K_19, TC_K_60)', ({ evseId, change, profile }) => {
    expect(set(evseId, change)).toEqual({
      ok: true,
      action: 'SetChargingProfile',
      payload: { evseId, chargingProfile: profile },
    });
  });

  it.each<[string, number, Partial<SettableChargingProfile>, string]>([
    ['a TxProfile of no EVSE (K01.FR.16)', 0, { purpose: 'TxProfile', transactionId: '5' }, '/evseId'],
    ['a TxProfile of no transaction (K01.FR.03)', 1, { purpose: 'TxProfile' }, '/chargingProfile/transactionId'],
    ['a limit of the station on an EVSE', 1, { purpose: 'ChargingStationMaxProfile' }, '/evseId'],
    ['an EVSE below 0', -1, {}, '/evseId'],
    ['a profile that breaks a rule of its own', 1, { stackLevel: -1 }, '/chargingProfile/stackLevel'],
    ['an id that is no integer', 1, { chargingProfileId: 1.5 }, '/chargingProfile/id'],
    [
      'a fourth schedule',
      1,
      { alternatives: Array.from({ length: 3 }, () => txDefault.schedule) },
      '/chargingProfile/chargingSchedule',
    ],
  ])('refuses %s', (_, evseId, change, path) => {
    expect(set(evseId, change)).toMatchObject({ ok: false, kind: 'invalidPayload', errors: [{ path }] });
  });

  it.each([
    ['Accepted', [{ kind: 'chargingProfileSet', evseId: 2, profile: txDefault }]],
    ['Rejected', []],
  ] as const)('answered %s brings about %j', (status, effects) => {
    const request = { evseId: 2, chargingProfile: toWire(txDefault) };
    expect(setChargingProfile.mirror.answered(request, { status })).toEqual(effects);
  });
});
