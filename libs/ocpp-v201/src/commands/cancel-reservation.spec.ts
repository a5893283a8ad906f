import { describe, expect, it } from '@jest/globals';
import { cancelReservation } from './cancel-reservation.ts';

describe('CancelReservation', () => {
  it('sends the id of the reservation (TC_H_17)', () => {
    expect(cancelReservation.toCall({ kind: 'CancelReservation', reservationId: 5 })).toEqual({
      ok: true,
      action: 'CancelReservation',
      payload: { reservationId: 5 },
    });
  });

  it('refuses an id beyond 32 bits', () => {
    expect(cancelReservation.toCall({ kind: 'CancelReservation', reservationId: 2 ** 31 })).toMatchObject({
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
