import { reserve } from '../reservations.ts';
import type { Answers } from './station.ts';

/** Reservation (OCPP 2.0.1 H). */
export const reservation = {
  CancelReservation: ({ charger }, { reservationId }) => {
    const connector = charger.connectors.find((each) => each.reservation?.id === reservationId);
    if (!connector) return { payload: { status: 'Rejected' } };
    charger.release(connector);
    return { payload: { status: 'Accepted' }, after: () => charger.reportStatus(connector) };
  },

  ReserveNow: ({ charger }, { id, evseId, expiryDateTime, idToken, groupIdToken }) => {
    const asked = charger.connectors.filter(({ number }) => evseId === undefined || number === evseId);
    if (asked.length === 0) return { payload: { status: 'Rejected' } };
    const operative = asked.filter((each) => each.operative);
    if (operative.length === 0) return { payload: { status: 'Unavailable' } };
    // H01.FR.02: the same id replaces the reservation.
    const connector =
      operative.find((each) => each.reservation?.id === id) ??
      operative.find((each) => !each.session && !each.reservation);
    if (!connector) return { payload: { status: 'Occupied' } };
    void reserve(charger, connector, {
      id,
      idToken: idToken.idToken,
      groupIdToken: groupIdToken?.idToken,
      expires: new Date(expiryDateTime),
    });
    return { payload: { status: 'Accepted' }, after: () => charger.reportStatus(connector) };
  },
} satisfies Partial<Answers>;
