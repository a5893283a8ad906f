import type { SettableChargingProfile } from '@ocpp-gw/contracts';
import { describe, expect, it } from '@jest/globals';
import { remoteStart } from './remote-start.ts';

const command = { kind: 'RemoteStart', idToken: 'TAG', remoteStartId: 7 } as const;
const profile: SettableChargingProfile = {
  chargingProfileId: 3,
  stackLevel: 0,
  purpose: 'TxProfile',
  kind: 'Relative',
  schedule: { chargingRateUnit: 'A', periods: [{ startPeriod: 0, limit: 16 }] },
};
const wire = {
  chargingProfileId: 3,
  stackLevel: 0,
  chargingProfilePurpose: 'TxProfile',
  chargingProfileKind: 'Relative',
  chargingSchedule: { chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit: 16 }] },
} as const;

describe('RemoteStartTransaction', () => {
  it.each([
    { sent: command, payload: { idTag: 'TAG' } },
    { sent: { ...command, evseId: 2, idTokenType: 'ISO14443' }, payload: { idTag: 'TAG', connectorId: 2 } },
    { sent: { ...command, chargingProfile: profile }, payload: { idTag: 'TAG', chargingProfile: wire } },
  ])('is sent with $payload', ({ sent, payload }) => {
    expect(remoteStart.toCall(sent as never)).toEqual({ ok: true, action: 'RemoteStartTransaction', payload });
  });

  it.each([
    ['a token longer than an IdToken of 1.6', { idToken: 'x'.repeat(21) }, '/idTag'],
    ['the whole charge point for a connector', { evseId: 0 }, '/connectorId'],
    [
      'a profile that is not for a transaction (5.16.2)',
      { chargingProfile: { ...profile, purpose: 'TxDefaultProfile' as const } },
      '/chargingProfile/chargingProfilePurpose',
    ],
    [
      'a profile of a transaction that runs (5.16.2)',
      { chargingProfile: { ...profile, transactionId: '5' } },
      '/chargingProfile/transactionId',
    ],
    [
      'a first period that starts late (TC_059)',
      { chargingProfile: { ...profile, schedule: { ...profile.schedule, periods: [{ startPeriod: 1, limit: 6 }] } } },
      '/chargingProfile/chargingSchedule/chargingSchedulePeriod/0/startPeriod',
    ],
  ])('refuses %s', (_, change, path) => {
    expect(remoteStart.toCall({ ...command, ...change })).toMatchObject({
      ok: false,
      kind: 'invalidPayload',
      errors: [{ path }],
    });
  });

  it('of a group does not exist in 1.6', () => {
    expect(remoteStart.toCall({ ...command, groupIdToken: 'FAMILY' })).toEqual({
      ok: false,
      kind: 'notSupported',
      reason: expect.stringContaining('leave out groupIdToken'),
    });
  });

  describe.each([[undefined, 0] as const, [2, 2] as const])('on connector %s', (connectorId, evseId) => {
    const sentAt = new Date('2026-03-01T10:00:00Z');
    const now = new Date('2026-03-01T10:00:03Z');
    const asked = { command, sentAt };
    const sent = { kind: 'remoteStartSent', remoteStartId: 7, idToken: 'TAG', connectorId: evseId, sentAt };
    const refused = { kind: 'remoteStartRefused', remoteStartId: 7 };
    const { mirror } = remoteStart;

    it('is awaited before it leaves, because a start does not name it and may come without its answer', () => {
      expect(mirror.before({ idTag: 'TAG', connectorId }, now, asked)).toEqual([sent]);
    });

    it('sets its profile when Accepted', () => {
      const request = { idTag: 'TAG', connectorId, chargingProfile: { ...wire, chargingSchedule: wireSchedule() } };
      expect(mirror.answered(request, { status: 'Accepted' }, now, asked)).toEqual([
        { kind: 'chargingProfileSet', evseId, profile },
      ]);
      expect(mirror.answered({ idTag: 'TAG', connectorId }, { status: 'Accepted' }, now, asked)).toEqual([]);
    });

    it('is not awaited any more when it is rejected, fails or never leaves', () => {
      const request = { idTag: 'TAG', connectorId };
      expect(mirror.answered(request, { status: 'Rejected' }, now, asked)).toEqual([refused]);
      expect(mirror.undone(request, now, asked)).toEqual([refused]);
    });

    it('of a raw call, which has no id of ours, is not awaited', () => {
      const raw = { command: { kind: 'Call', action: 'RemoteStartTransaction', payload: {} }, sentAt } as const;
      const request = { idTag: 'TAG', connectorId };
      expect(mirror.before(request, now, raw)).toEqual([]);
      expect(mirror.answered(request, { status: 'Rejected' }, now, raw)).toEqual([]);
    });
  });
});

function wireSchedule() {
  const { chargingRateUnit, chargingSchedulePeriod } = wire.chargingSchedule;
  return { chargingRateUnit, chargingSchedulePeriod: [...chargingSchedulePeriod] };
}
