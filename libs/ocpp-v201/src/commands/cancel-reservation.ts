import { outbound } from './outbound.ts';

/** CancelReservation (OCPP 2.0.1 H02). */
export const cancelReservation = outbound('CancelReservation', 'CancelReservation', {
  toCall: ({ reservationId }, checked) => checked({ reservationId }),
  mirror: {
    answered: ({ reservationId }, { status }) =>
      status === 'Accepted' ? [{ kind: 'reservationCancelled', reservationId }] : [],
  },
});
