import type { ChangeAvailability } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import { evseOf } from '../actions/evse.ts';
import { checked, demand } from './checked.ts';
import { oneConnector, oneEvse } from './evse.ts';
import type { MirrorOf } from './mirror.ts';

/** ChangeAvailability (OCPP 2.0.1 G03, G04) of the station, an EVSE or one connector of it. */
export function changeAvailability({ operative, evseId, connectorId }: ChangeAvailability): Translation {
  return checked(
    'ChangeAvailability',
    {
      operationalStatus: operative ? 'Operative' : 'Inoperative',
      evse: evseId === undefined ? undefined : { id: evseId, connectorId },
    },
    [
      ...demand(evseId !== undefined || connectorId === undefined, '/evse/id', 'is required when a connector is given'),
      ...oneEvse(evseId, '/evse/id'),
      ...oneConnector(connectorId, '/evse/connectorId'),
    ],
  );
}

export const changeAvailabilityMirror = {
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
} satisfies MirrorOf<'ChangeAvailability'>;
