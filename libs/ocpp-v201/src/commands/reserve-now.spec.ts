import { describe, expect, it } from '@jest/globals';
import { reserveNow } from './reserve-now.ts';

const expiresAt = '2026-03-01T10:00:00Z';
const command = { kind: 'ReserveNow', reservationId: 5, idToken: 'TOKEN', expiresAt } as const;
const request = {
  id: 5,
  expiryDateTime: expiresAt,
  idToken: { idToken: 'TOKEN', type: 'Central' as const },
};
const now = new Date('2026-02-01T00:00:00Z');

describe('ReserveNow', () => {
  it.each([
    { sent: command, payload: request },
    { sent: { ...command, evseId: 2 }, payload: { ...request, evseId: 2 } },
    { sent: { ...command, connectorType: 'cType2' }, payload: { ...request, connectorType: 'cType2' } },
    {
      sent: { ...command, evseId: 2, groupIdToken: 'FAMILY', idTokenType: 'ISO14443' },
      payload: {
        ...request,
        evseId: 2,
        idToken: { idToken: 'TOKEN', type: 'ISO14443' },
        groupIdToken: { idToken: 'FAMILY', type: 'Central' },
      },
    },
  ])('sends $payload (TC_H_01, TC_H_08, TC_H_15, TC_H_19)', ({ sent, payload }) => {
    expect(reserveNow.toCall(sent as never)).toEqual({ ok: true, action: 'ReserveNow', payload });
  });

  it.each([
    [{ idToken: 'x'.repeat(37) }, '/idToken/idToken'],
    [{ idTokenType: 'Plastic' }, '/idToken/type'],
    [{ expiresAt: 'tomorrow' }, '/expiryDateTime'],
    [{ evseId: 0 }, '/evseId'],
    [{ connectorType: 'Schuko' }, '/connectorType'],
    [{ evseId: 1, connectorType: 'cType2' }, '/connectorType'],
    [{ reservationId: 2 ** 31 }, '/id'],
  ])('refuses %j', (change, path) => {
    expect(reserveNow.toCall({ ...command, ...change } as never)).toMatchObject({
      kind: 'invalidPayload',
      errors: [{ path }],
    });
  });

  it.each([
    { change: {}, effect: { evseId: 0 } },
    { change: { evseId: 2 }, effect: { evseId: 2 } },
    { change: { connectorType: 'cType2' as const }, effect: { evseId: 0, connectorType: 'cType2' } },
  ])('answered Accepted makes a reservation of $effect', ({ change, effect }) => {
    const full = { ...request, ...change, groupIdToken: { idToken: 'FAMILY', type: 'Central' as const } };
    expect(reserveNow.mirror.answered(full, { status: 'Accepted' }, now)).toEqual([
      {
        kind: 'reservationMade',
        reservationId: 5,
        idToken: 'TOKEN',
        groupIdToken: 'FAMILY',
        expiresAt: new Date(expiresAt),
        ...effect,
      },
    ]);
  });

  it.each(['Faulted', 'Occupied', 'Rejected', 'Unavailable'] as const)('answered %s makes none (TC_H_22)', (status) => {
    expect(reserveNow.mirror.answered(request, { status }, now)).toEqual([]);
  });

  it('expires now where its time is none that a Date can hold', () => {
    const leap = { ...request, expiryDateTime: '2016-12-31T23:59:60Z' };
    expect(reserveNow.mirror.answered(leap, { status: 'Accepted' }, now)).toMatchObject([{ expiresAt: now }]);
  });
});
