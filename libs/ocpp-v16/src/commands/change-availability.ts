import type { ChangeAvailability } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import { checked } from './checked.ts';

/** ChangeAvailability (OCPP 1.6 section 5.2): connector 0 is the whole charge point. */
export function changeAvailability({ operative, evseId = 0, connectorId = evseId }: ChangeAvailability): Translation {
  // Connector N is EVSE N with connector N; another pair exists on no 1.6 charge point.
  if (connectorId !== evseId)
    return {
      ok: false,
      kind: 'notSupported',
      reason: 'OCPP 1.6 has one connector an EVSE: leave out connectorId',
    };
  return checked('ChangeAvailability', { connectorId, type: operative ? 'Operative' : 'Inoperative' });
}
