import { describe, expect, it } from '@jest/globals';
import { reserveNow } from './reserve-now.ts';

const expiresAt = '2026-03-01T10:00:00Z';
const command = { kind: 'ReserveNow', reservationId: 5, idToken: 'TAG', expiresAt } as const;
const request = { connectorId: 0, expiryDate: expiresAt, idTag: 'TAG', reservationId: 5 };
const now = new Date('2026-02-01T00:00:00Z');

describe('ReserveNow', () => {
  it.each([
    { sent: command, payload: request },
    {
      sent: { ...command, evseId: 2, groupIdToken: 'FAMILY', idTokenType: 'ISO14443' },
      payload: { ...request, connectorId: 2, parentIdTag: 'FAMILY' },
    },
  ])('sends $payload (TC_049, TC_053)', ({ sent, payload }) => {
    expect(reserveNow.toCall(sent as never)).toEqual({ ok: true, action: 'ReserveNow', payload });
  });

  it.each([
    [{ idToken: 'x'.repeat(21) }, '/idTag'],
    [{ groupIdToken: 'x'.repeat(21) }, '/parentIdTag'],
    [{ expiresAt: 'tomorrow' }, '/expiryDate'],
    [{ evseId: -1 }, '/connectorId'],
    [{ reservationId: 2 ** 31 }, '/reservationId'],
  ])('refuses %j', (change, path) => {
    expect(reserveNow.toCall({ ...command, ...change })).toMatchObject({ kind: 'invalidPayload', errors: [{ path }] });
  });

  it('of a connector type does not exist in 1.6', () => {
    expect(reserveNow.toCall({ ...command, connectorType: 'cType2' })).toEqual({
      ok: false,
      kind: 'notSupported',
      reason: expect.stringContaining('leave out connectorType'),
    });
  });

  it('answered Accepted makes a reservation', () => {
    expect(reserveNow.mirror.answered({ ...request, parentIdTag: 'FAMILY' }, { status: 'Accepted' }, now)).toEqual([
      {
        kind: 'reservationMade',
        reservationId: 5,
        evseId: 0,
        idToken: 'TAG',
        groupIdToken: 'FAMILY',
        expiresAt: new Date(expiresAt),
      },
    ]);
  });

  it.each(['Faulted', 'Occupied', 'Rejected', 'Unavailable'] as const)('answered %s makes none (TC_048)', (status) => {
    expect(reserveNow.mirror.answered(request, { status }, now)).toEqual([]);
  });

  it('expires now where its time is none that a Date can hold', () => {
    const leap = { ...request, expiryDate: '2016-12-31T23:59:60Z' };
    expect(reserveNow.mirror.answered(leap, { status: 'Accepted' }, now)).toMatchObject([{ expiresAt: now }]);
  });
});
