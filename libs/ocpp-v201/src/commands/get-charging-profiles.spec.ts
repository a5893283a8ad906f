import type { CommandOf } from '@ocpp-gw/contracts';
import { describe, expect, it } from '@jest/globals';
import { getChargingProfiles } from './get-charging-profiles.ts';

const get = (sent: Partial<CommandOf<'GetChargingProfiles'>>) =>
  getChargingProfiles.toCall({ kind: 'GetChargingProfiles', ocppRequestId: 9, ...sent });

describe('GetChargingProfiles', () => {
  it.each<{ sent: Partial<CommandOf<'GetChargingProfiles'>>; payload: object }>([
    { sent: {}, payload: { chargingProfile: {} } },
    { sent: { evseId: 0 }, payload: { evseId: 0, chargingProfile: {} } },
    { sent: { chargingProfileIds: [1, 2] }, payload: { chargingProfile: { chargingProfileId: [1, 2] } } },
    {
      sent: { evseId: 1, purpose: 'TxProfile', stackLevel: 0, chargingLimitSources: ['CSO'] },
      payload: {
        evseId: 1,
        chargingProfile: { chargingProfilePurpose: 'TxProfile', stackLevel: 0, chargingLimitSource: ['CSO'] },
      },
    },
  ])('sends $payload (TC_K_29 to TC_K_36)', ({ sent, payload }) => {
    expect(get(sent)).toEqual({
      ok: true,
      action: 'GetChargingProfiles',
      payload: { requestId: 9, ...payload },
    });
  });

  it.each<[Partial<CommandOf<'GetChargingProfiles'>>, string]>([
    [{ evseId: -1 }, '/evseId'],
    [{ chargingProfileIds: [] }, '/chargingProfile/chargingProfileId'],
    [{ stackLevel: 0.5 }, '/chargingProfile/stackLevel'],
  ])('refuses %j', (sent, path) => {
    expect(get(sent)).toMatchObject({ kind: 'invalidPayload', errors: [{ path }] });
  });

  it.each([
    ['Accepted', false],
    ['NoProfiles', true],
  ] as const)('answered %s brings a report, empty: %s', (status, empty) => {
    const request = { requestId: 9, chargingProfile: {} };
    expect(getChargingProfiles.mirror.answered(request, { status })).toEqual([
      { kind: 'reportRequested', report: 'ChargingProfiles', requestId: 9, empty },
    ]);
  });
});
