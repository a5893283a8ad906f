import { describe, expect, it } from '@jest/globals';
import { cancelReservation } from './cancel-reservation.ts';

describe('CancelReservation', () => {
  it('names the reservation (TC_051)', () => {
    expect(cancelReservation.toCall({ kind: 'CancelReservation', reservationId: 5 })).toEqual({
      ok: true,
      action: 'CancelReservation',
      payload: { reservationId: 5 },
    });
  });

  it.each([1.5, 2 ** 31])('refuses %d, which is no id', (reservationId) => {
    expect(cancelReservation.toCall({ kind: 'CancelReservation', reservationId })).toMatchObject({
      kind: 'invalidPayload',
      errors: [{ path: '/reservationId' }],
    });
  });

  it.each([
    ['Accepted', [{ kind: 'reservationCancelled', reservationId: 5 }]],
    ['Rejected', []],
  ] as const)('answered %s brings about %j', (status, effects) => {
    expect(cancelReservation.mirror.answered({ reservationId: 5 }, { status })).toEqual(effects);
  });
});
