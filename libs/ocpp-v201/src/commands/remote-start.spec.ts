import type { SettableChargingProfile } from '@ocpp-gw/contracts';
import { describe, expect, it } from '@jest/globals';
import { toWire } from './charging-profile.ts';
import { remoteStart } from './remote-start.ts';

const command = { kind: 'RemoteStart', idToken: 'TOKEN', remoteStartId: 7 } as const;
const request = { remoteStartId: 7, idToken: { idToken: 'TOKEN', type: 'Central' as const } };
const profile: SettableChargingProfile = {
  chargingProfileId: 3,
  stackLevel: 0,
  purpose: 'TxProfile',
  kind: 'Relative',
  schedule: { chargingRateUnit: 'A', periods: [{ startPeriod: 0, limit: 16 }] },
};
const late = { ...profile, schedule: { ...profile.schedule, periods: [{ startPeriod: 1, limit: 6 }] } };

describe('RequestStartTransaction', () => {
  it.each([
    { sent: command, payload: request },
    {
      sent: { ...command, evseId: 2, idTokenType: 'ISO14443' },
      payload: { remoteStartId: 7, evseId: 2, idToken: { idToken: 'TOKEN', type: 'ISO14443' } },
    },
    {
      sent: { ...command, groupIdToken: 'FAMILY' },
      payload: { ...request, groupIdToken: { idToken: 'FAMILY', type: 'Central' } },
    },
    { sent: { ...command, chargingProfile: profile }, payload: { ...request, chargingProfile: toWire(profile) } },
  ])('is sent with $payload (TC_F_01, TC_K_37)', ({ sent, payload }) => {
    expect(remoteStart.toCall(sent as never)).toEqual({ ok: true, action: 'RequestStartTransaction', payload });
  });

  it.each([
    ['a token of 37 characters', { idToken: 'x'.repeat(37) }, '/idToken/idToken'],
    ['a token of no type that there is', { idTokenType: 'Plastic' }, '/idToken/type'],
    ['a group of 37 characters', { groupIdToken: 'x'.repeat(37) }, '/groupIdToken/idToken'],
    ['the whole station for an EVSE', { evseId: 0 }, '/evseId'],
    ['an id beyond 32 bits', { remoteStartId: 2 ** 31 }, '/remoteStartId'],
    [
      'a profile that is not for a transaction (K05)',
      { chargingProfile: { ...profile, purpose: 'TxDefaultProfile' as const } },
      '/chargingProfile/chargingProfilePurpose',
    ],
    [
      'a profile of a transaction that runs (K05)',
      { chargingProfile: { ...profile, transactionId: '5' } },
      '/chargingProfile/transactionId',
    ],
    [
      'a first period that starts late',
      { chargingProfile: late },
      '/chargingProfile/chargingSchedule/0/chargingSchedulePeriod/0/startPeriod',
    ],
  ])('refuses %s', (_, change, path) => {
    expect(remoteStart.toCall({ ...command, ...change } as never)).toMatchObject({
      ok: false,
      kind: 'invalidPayload',
      errors: [{ path }],
    });
  });

  it.each([[undefined, 0] as const, [2, 2] as const])(
    'of a profile on EVSE %s sets it on %i when Accepted',
    (evseId, place) => {
      const withProfile = { ...request, evseId, chargingProfile: toWire(profile) };
      expect(remoteStart.mirror.answered(withProfile, { status: 'Accepted' })).toEqual([
        { kind: 'chargingProfileSet', evseId: place, profile },
      ]);
      expect(remoteStart.mirror.answered(withProfile, { status: 'Rejected' })).toEqual([]);
    },
  );

  it('without a profile changes nothing that lasts', () => {
    expect(remoteStart.mirror.answered(request, { status: 'Accepted' })).toEqual([]);
  });
});
