import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { reservationId } from './shared/fields.ts';

export const cancelReservation = defineCommand({
  kind: 'CancelReservation',
  job: 'reservations',
  summary: 'Cancel a reservation (1.6 and 2.0.1 CancelReservation)',
  request: z.strictObject({
    reservation_id: reservationId.describe('Id of the reservation, as in the answer to reserve-now'),
  }),
  example: { reservation_id: 501 },
});
