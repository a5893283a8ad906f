import { outbound } from './outbound.ts';

/** CancelReservation (OCPP 1.6 section 5.1). */
export const cancelReservation = outbound('CancelReservation', 'CancelReservation', {
  toCall: ({ reservationId }, checked) => checked({ reservationId }),
  mirror: {
    answered: ({ reservationId }, { status }) =>
      status === 'Accepted' ? [{ kind: 'reservationCancelled', reservationId }] : [],
  },
});
