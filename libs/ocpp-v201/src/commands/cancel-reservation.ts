import type { CancelReservation } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import { checked } from './checked.ts';
import type { MirrorOf } from './mirror.ts';

/** CancelReservation (OCPP 2.0.1 H02). */
export function cancelReservation({ reservationId }: CancelReservation): Translation {
  return checked('CancelReservation', { reservationId });
}

export const cancelReservationMirror = {
  answered: ({ reservationId }, { status }) =>
    status === 'Accepted' ? [{ kind: 'reservationCancelled', reservationId }] : [],
} satisfies MirrorOf<'CancelReservation'>;
