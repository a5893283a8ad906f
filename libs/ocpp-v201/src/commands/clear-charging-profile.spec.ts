import type { CommandOf } from '@ocpp-gw/contracts';
import { describe, expect, it } from '@jest/globals';
import { clearChargingProfile } from './clear-charging-profile.ts';

const clear = (sent: Omit<CommandOf<'ClearChargingProfile'>, 'kind'>) =>
  clearChargingProfile.toCall({ kind: 'ClearChargingProfile', ...sent });

describe('ClearChargingProfile', () => {
  it.each<{ sent: Omit<CommandOf<'ClearChargingProfile'>, 'kind'>; payload: object }>([
    { sent: { chargingProfileId: 7 }, payload: { chargingProfileId: 7 } },
    { sent: { stackLevel: 0 }, payload: { chargingProfileCriteria: { stackLevel: 0 } } },
    {
      sent: { evseId: 1, purpose: 'TxDefaultProfile', stackLevel: 0 },
      payload: { chargingProfileCriteria: { evseId: 1, chargingProfilePurpose: 'TxDefaultProfile', stackLevel: 0 } },
    },
  ])('sends $payload (TC_K_05, TC_K_06)', ({ sent, payload }) => {
    expect(clear(sent)).toEqual({ ok: true, action: 'ClearChargingProfile', payload });
  });

  it.each<[string, Omit<CommandOf<'ClearChargingProfile'>, 'kind'>, string]>([
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
    expect(clearChargingProfile.mirror.answered({ chargingProfileCriteria })).toEqual([
      { kind: 'chargingProfilesCleared', evseId: 1, purpose: 'TxProfile', stackLevel: 0 },
    ]);
    expect(clearChargingProfile.mirror.answered({ chargingProfileId: 7 })).toEqual([
      { kind: 'chargingProfilesCleared', chargingProfileId: 7 },
    ]);
    expect(clearChargingProfile.mirror.answered({})).toEqual([{ kind: 'chargingProfilesCleared' }]);
  });
});
