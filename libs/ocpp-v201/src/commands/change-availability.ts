import type { ChangeAvailability } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import { checked } from './checked.ts';

/** ChangeAvailability (OCPP 2.0.1 G03, G04) of the station, an EVSE or one connector of it. */
export function changeAvailability({ operative, evseId, connectorId }: ChangeAvailability): Translation {
  if (evseId === undefined && connectorId !== undefined)
    return {
      ok: false,
      kind: 'invalidPayload',
      action: 'ChangeAvailability',
      errors: [{ path: '/evseId', message: 'is required when connectorId is given' }],
    };
  return checked('ChangeAvailability', {
    operationalStatus: operative ? 'Operative' : 'Inoperative',
    ...(evseId !== undefined && { evse: { id: evseId, ...(connectorId !== undefined && { connectorId }) } }),
  });
}
