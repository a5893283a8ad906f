import { evseOf } from '../actions/evse.ts';
import { connectorOrStation, NO_SUCH_PAIR } from './connector.ts';
import { outbound } from './outbound.ts';

/** ChangeAvailability (OCPP 1.6 section 5.2): connector 0 is the whole charge point. */
export const changeAvailability = outbound('ChangeAvailability', 'ChangeAvailability', {
  toCall({ operative, evseId = 0, connectorId = evseId }, checked) {
    if (connectorId !== evseId) return NO_SUCH_PAIR;
    return checked({ connectorId, type: operative ? 'Operative' : 'Inoperative' }, connectorOrStation(connectorId));
  },
  mirror: {
    answered({ connectorId, type }, { status }) {
      if (status === 'Rejected') return [];
      return [
        {
          kind: 'availabilityChanged',
          ...evseOf(connectorId),
          operative: type === 'Operative',
          scheduled: status === 'Scheduled',
        },
      ];
    },
  },
});
