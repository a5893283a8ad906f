import { timeOf } from '@ocpp-gw/ocpp-j';
import { connectorOrStation } from './connector.ts';
import { outbound } from './outbound.ts';

/** ReserveNow (OCPP 1.6 section 5.13): connector 0 reserves whichever is free when the driver comes. */
export const reserveNow = outbound('ReserveNow', 'ReserveNow', {
  toCall(command, checked) {
    const { reservationId, idToken, groupIdToken, evseId = 0, connectorType, expiresAt } = command;
    if (connectorType !== undefined)
      return {
        ok: false,
        kind: 'notSupported',
        reason: 'OCPP 1.6 reserves connectors by number only: leave out connectorType',
      };
    return checked(
      { connectorId: evseId, expiryDate: expiresAt, idTag: idToken, parentIdTag: groupIdToken, reservationId },
      connectorOrStation(evseId),
    );
  },
  mirror: {
    answered({ connectorId, expiryDate, idTag, parentIdTag, reservationId }, { status }, now) {
      if (status !== 'Accepted') return [];
      return [
        {
          kind: 'reservationMade',
          reservationId,
          evseId: connectorId,
          idToken: idTag,
          groupIdToken: parentIdTag,
          expiresAt: timeOf(expiryDate, now),
        },
      ];
    },
  },
});
