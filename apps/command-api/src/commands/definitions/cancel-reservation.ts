import { defineCommand } from '../define-command.ts';
import { request, reservationId } from '../fields.ts';

export const cancelReservation = defineCommand({
  kind: 'CancelReservation',
  slug: 'cancel-reservation',
  summary: 'Cancel a reservation (1.6 and 2.0.1 CancelReservation)',
  request: request({ reservation_id: reservationId.describe('As the answer to reserve-now said it') }),
  example: { reservation_id: 501 },
});
