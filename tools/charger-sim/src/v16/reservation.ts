import { reserve } from '../reservations.ts';
import type { Answers } from './station.ts';

/** Reservation (OCPP 1.6 5.1, 5.13). Connector 0 is not supported, as ReserveConnectorZeroSupported says. */
export const reservation = {
  CancelReservation: ({ charger }, { reservationId }) => {
    const connector = charger.connectors.find((each) => each.reservation?.id === reservationId);
    if (!connector) return { payload: { status: 'Rejected' } };
    charger.release(connector);
    return { payload: { status: 'Accepted' }, after: () => charger.reportStatus(connector) };
  },

  ReserveNow: ({ charger }, { connectorId, expiryDate, idTag, parentIdTag, reservationId }) => {
    const connector = charger.connectors.find(({ number }) => number === connectorId);
    if (!connector) return { payload: { status: 'Rejected' } };
    if (!connector.operative) return { payload: { status: 'Unavailable' } };
    // 5.13: the same reservation id replaces the reservation.
    if (connector.session || (connector.reservation && connector.reservation.id !== reservationId))
      return { payload: { status: 'Occupied' } };
    void reserve(charger, connector, {
      id: reservationId,
      idToken: idTag,
      groupIdToken: parentIdTag,
      expires: new Date(expiryDate),
    });
    return { payload: { status: 'Accepted' }, after: () => charger.reportStatus(connector) };
  },
} satisfies Partial<Answers>;
