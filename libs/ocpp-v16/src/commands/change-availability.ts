import type { ChangeAvailability } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import { evseOf } from '../actions/evse.ts';
import { checked } from './checked.ts';
import { connectorOrStation, NO_SUCH_PAIR } from './connector.ts';
import type { MirrorOf } from './mirror.ts';

/** ChangeAvailability (OCPP 1.6 section 5.2): connector 0 is the whole charge point. */
export function changeAvailability({ operative, evseId = 0, connectorId = evseId }: ChangeAvailability): Translation {
  if (connectorId !== evseId) return NO_SUCH_PAIR;
  return checked(
    'ChangeAvailability',
    { connectorId, type: operative ? 'Operative' : 'Inoperative' },
    connectorOrStation(connectorId),
  );
}

export const changeAvailabilityMirror = {
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
} satisfies MirrorOf<'ChangeAvailability'>;
