import { describe, expect, it } from '@jest/globals';
import { reservationStatusUpdate } from './reservation-status-update.ts';

const now = new Date('2026-03-01T10:00:05Z');
const facts = { cpId: 'CS-1', now };

describe('ReservationStatusUpdate', () => {
  it.each(['Expired', 'Removed'] as const)('ends the reservation, %s, as of its receipt (H04)', (status) => {
    const request = { reservationId: 0, reservationUpdateStatus: status };
    expect(reservationStatusUpdate.lookups(request, facts)).toEqual({});
    expect(reservationStatusUpdate.decide(request, facts)).toEqual({
      reply: {},
      before: [{ kind: 'reservationEnded', reservationId: 0, status, time: { at: now } }],
    });
  });
});
