import type { ActionHandler } from '@ocpp-gw/ocpp-j';
import type { ReservationStatusUpdateRequest, ReservationStatusUpdateResponse } from '#generated/messages.d.ts';

/**
 * ReservationStatusUpdate, charging station to CSMS (OCPP 2.0.1 H04).
 * A reservation ended without having been used: it ran out, or the station cannot keep it. It carries no time.
 */
export const reservationStatusUpdate: ActionHandler<
  ReservationStatusUpdateRequest,
  ReservationStatusUpdateResponse,
  never
> = {
  lookups: () => ({}),
  decide: ({ reservationId, reservationUpdateStatus }, { now }) => ({
    reply: {},
    before: [{ kind: 'reservationEnded', reservationId, status: reservationUpdateStatus, time: { at: now } }],
  }),
};
