import { demand } from '@ocpp-gw/ocpp-j';
import { evseOf } from '../actions/evse.ts';
import { oneConnector, oneEvse } from './evse.ts';
import { outbound } from './outbound.ts';

/** ChangeAvailability (OCPP 2.0.1 G03, G04) of the station, an EVSE or one connector of it. */
export const changeAvailability = outbound('ChangeAvailability', 'ChangeAvailability', {
  toCall: ({ operative, evseId, connectorId }, checked) =>
    checked(
      {
        operationalStatus: operative ? 'Operative' : 'Inoperative',
        evse: evseId === undefined ? undefined : { id: evseId, connectorId },
      },
      [
        ...demand(
          evseId !== undefined || connectorId === undefined,
          '/evse/id',
          'is required when a connector is given',
        ),
        ...oneEvse(evseId, '/evse/id'),
        ...oneConnector(connectorId, '/evse/connectorId'),
      ],
    ),
  mirror: {
    answered({ evse, operationalStatus }, { status }) {
      if (status === 'Rejected') return [];
      return [
        {
          kind: 'availabilityChanged',
          ...evseOf(evse),
          operative: operationalStatus === 'Operative',
          scheduled: status === 'Scheduled',
        },
      ];
    },
  },
});
