import type { SettableChargingProfile } from '@ocpp-gw/contracts';
import { describe, expect, it } from '@jest/globals';
import { setChargingProfile } from './set-charging-profile.ts';

const txDefault: SettableChargingProfile = {
  chargingProfileId: 1,
  stackLevel: 0,
  purpose: 'TxDefaultProfile',
  kind: 'Relative',
  schedule: { chargingRateUnit: 'A', periods: [{ startPeriod: 0, limit: 6 }] },
};
const wire = {
  chargingProfileId: 1,
  stackLevel: 0,
  chargingProfilePurpose: 'TxDefaultProfile' as const,
  chargingProfileKind: 'Relative' as const,
  chargingSchedule: { chargingRateUnit: 'A' as const, chargingSchedulePeriod: [{ startPeriod: 0, limit: 6 }] },
};
const set = (evseId: number, change: Partial<SettableChargingProfile>) =>
  setChargingProfile.toCall({ kind: 'SetChargingProfile', evseId, chargingProfile: { ...txDefault, ...change } });

describe('SetChargingProfile', () => {
  it.each([
    { evseId: 0, change: {}, profile: wire },
    { evseId: 2, change: {}, profile: wire },
    {
      evseId: 0,
      change: { purpose: 'ChargingStationMaxProfile' as const },
      profile: { ...wire, chargingProfilePurpose: 'ChargePointMaxProfile' },
    },
    {
      evseId: 1,
      change: { purpose: 'TxProfile' as const, transactionId: '42' },
      profile: { ...wire, chargingProfilePurpose: 'TxProfile', transactionId: 42 },
    },
  ])('sends $change on connector $evseId (TC_056, TC_057)', ({ evseId, change, profile }) => {
    expect(set(evseId, change)).toEqual({
      ok: true,
      action: 'SetChargingProfile',
      payload: { connectorId: evseId, csChargingProfiles: profile },
    });
  });

  it.each([
    ['a TxProfile of no connector', 0, { purpose: 'TxProfile' as const }, '/connectorId'],
    [
      'a limit of the charge point on a connector',
      1,
      { purpose: 'ChargingStationMaxProfile' as const },
      '/connectorId',
    ],
    ['a connector below 0', -1, {}, '/connectorId'],
    [
      'a purpose that only 2.0.1 has',
      0,
      { purpose: 'ChargingStationExternalConstraints' as const },
      '/csChargingProfiles/chargingProfilePurpose',
    ],
    ['a profile that breaks a rule of its own', 1, { stackLevel: -1 }, '/csChargingProfiles/stackLevel'],
    ['an id that is no integer', 1, { chargingProfileId: 1.5 }, '/csChargingProfiles/chargingProfileId'],
  ])('refuses %s', (_, evseId, change, path) => {
    expect(set(evseId, change as never)).toMatchObject({ ok: false, kind: 'invalidPayload', errors: [{ path }] });
  });

  it.each([
    ['Accepted', [{ kind: 'chargingProfileSet', evseId: 2, profile: txDefault }]],
    ['Rejected', []],
    ['NotSupported', []],
  ] as const)('answered %s brings about %j', (status, effects) => {
    const request = { connectorId: 2, csChargingProfiles: wire };
    expect(setChargingProfile.mirror.answered(request, { status })).toEqual(effects);
  });
});
