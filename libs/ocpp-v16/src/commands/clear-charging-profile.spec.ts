import type { CommandOf } from '@ocpp-gw/contracts';
import { describe, expect, it } from '@jest/globals';
import { clearChargingProfile } from './clear-charging-profile.ts';

const byPlace = { connectorId: 1, chargingProfilePurpose: 'ChargePointMaxProfile', stackLevel: 0 } as const;

describe('ClearChargingProfile', () => {
  it.each<{ sent: Omit<CommandOf<'ClearChargingProfile'>, 'kind'>; payload: object }>([
    { sent: {}, payload: {} },
    { sent: { chargingProfileId: 7 }, payload: { id: 7 } },
    { sent: { evseId: 1, purpose: 'ChargingStationMaxProfile', stackLevel: 0 }, payload: byPlace },
  ])('sends $payload (TC_067)', ({ sent, payload }) => {
    expect(clearChargingProfile.toCall({ kind: 'ClearChargingProfile', ...sent })).toEqual({
      ok: true,
      action: 'ClearChargingProfile',
      payload,
    });
  });

  it('refuses a connector below 0', () => {
    expect(clearChargingProfile.toCall({ kind: 'ClearChargingProfile', evseId: -1 })).toMatchObject({
      kind: 'invalidPayload',
      errors: [{ path: '/connectorId' }],
    });
  });

  it('clears what the filters name, whether the charge point had it (Accepted) or not (Unknown)', () => {
    expect(clearChargingProfile.mirror.answered(byPlace)).toEqual([
      { kind: 'chargingProfilesCleared', evseId: 1, purpose: 'ChargingStationMaxProfile', stackLevel: 0 },
    ]);
    expect(clearChargingProfile.mirror.answered({ id: 7 })).toEqual([
      { kind: 'chargingProfilesCleared', chargingProfileId: 7 },
    ]);
    expect(clearChargingProfile.mirror.answered({})).toEqual([{ kind: 'chargingProfilesCleared' }]);
  });
});
