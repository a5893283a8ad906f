import type { UnlockConnector } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import { checked } from './checked.ts';
import { oneConnector } from './evse.ts';

/** UnlockConnector (OCPP 2.0.1 F05). */
export function unlockConnector({ evseId, connectorId = 1 }: UnlockConnector): Translation {
  return checked('UnlockConnector', { evseId, connectorId }, [
    ...oneConnector(evseId, '/evseId'),
    ...oneConnector(connectorId),
  ]);
}
