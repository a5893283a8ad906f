import type { ClearChargingProfile } from '@ocpp-gw/contracts';
import { describe, expect, it } from '@jest/globals';
import { clearChargingProfile, clearChargingProfileMirror } from './clear-charging-profile.ts';

const clear = (sent: Omit<ClearChargingProfile, 'kind'>) =>
  clearChargingProfile({ kind: 'ClearChargingProfile', ...sent });

describe('ClearChargingProfile', () => {
  it.each<{ sent: Omit<ClearChargingProfile, 'kind'>; payload: object }>([
    { sent: { chargingProfileId: 7 }, payload: { chargingProfileId: 7 } },
    { sent: { stackLevel: 0 }, payload: { chargingProfileCriteria: { stackLevel: 0 } } },
    {
      sent: { evseId: 1, purpose: 'TxDefaultProfile', stackLevel: 0 },
      payload: { chargingProfileCriteria: { evseId: 1, chargingProfilePurpose: 'TxDefaultProfile', stackLevel: 0 } },
    },
  ])('sends $payload (TC_K_05, TC_K_06)', ({ sent, payload }) => {
    expect(clear(sent)).toEqual({ ok: true, action: 'ClearChargingProfile', payload });
  });

  it.each<[string, Omit<ClearChargingProfile, 'kind'>, string]>([
    ['neither id nor criteria (K10.FR.02)', {}, '/chargingProfileCriteria'],
    ['both', { chargingProfileId: 7, stackLevel: 0 }, '/chargingProfileCriteria'],
    ['an EVSE below 0', { evseId: -1 }, '/chargingProfileCriteria/evseId'],
    [
      'a limit that others set',
      { purpose: 'ChargingStationExternalConstraints' },
      '/chargingProfileCriteria/chargingProfilePurpose',
    ],
  ])('refuses %s', (_, sent, path) => {
    expect(clear(sent)).toMatchObject({ kind: 'invalidPayload', errors: [{ path }] });
  });

  it('clears what was named, whether the station had it (Accepted) or not (Unknown)', () => {
    const chargingProfileCriteria = { evseId: 1, chargingProfilePurpose: 'TxProfile', stackLevel: 0 } as const;
    expect(clearChargingProfileMirror.answered({ chargingProfileCriteria })).toEqual([
      { kind: 'chargingProfilesCleared', evseId: 1, purpose: 'TxProfile', stackLevel: 0 },
    ]);
    expect(clearChargingProfileMirror.answered({ chargingProfileId: 7 })).toEqual([
      { kind: 'chargingProfilesCleared', chargingProfileId: 7 },
    ]);
    expect(clearChargingProfileMirror.answered({})).toEqual([{ kind: 'chargingProfilesCleared' }]);
  });
});
