import { demand, timeOf } from '@ocpp-gw/ocpp-j';
import type { ConnectorEnumType } from '#generated/messages.d.ts';
import { oneEvse } from './evse.ts';
import { toWireGroup, toWireToken } from './id-token.ts';
import { outbound } from './outbound.ts';

/** ReserveNow (OCPP 2.0.1 H01) for an EVSE, for any EVSE with a connector of some type, or for any EVSE. */
export const reserveNow = outbound('ReserveNow', 'ReserveNow', {
  toCall(command, checked) {
    const { reservationId, idToken, idTokenType, groupIdToken, evseId, connectorType, expiresAt } = command;
    return checked(
      {
        id: reservationId,
        expiryDateTime: expiresAt,
        // The schema checks the type.
        connectorType: connectorType as ConnectorEnumType | undefined,
        idToken: toWireToken(idToken, idTokenType),
        evseId,
        groupIdToken: toWireGroup(groupIdToken),
      },
      [
        ...oneEvse(evseId),
        ...demand(
          evseId === undefined || connectorType === undefined,
          '/connectorType',
          'must be absent where an EVSE is named',
        ),
      ],
    );
  },
  mirror: {
    answered({ id, expiryDateTime, connectorType, idToken, evseId = 0, groupIdToken }, { status }, now) {
      if (status !== 'Accepted') return [];
      return [
        {
          kind: 'reservationMade',
          reservationId: id,
          evseId,
          connectorType,
          idToken: idToken.idToken,
          groupIdToken: groupIdToken?.idToken,
          expiresAt: timeOf(expiryDateTime, now),
        },
      ];
    },
  },
});
