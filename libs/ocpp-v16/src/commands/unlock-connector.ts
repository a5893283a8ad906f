import type { UnlockConnector } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import { checked } from './checked.ts';
import { NO_SUCH_PAIR, oneConnector } from './connector.ts';

/** UnlockConnector (OCPP 1.6 section 5.18). */
export function unlockConnector({ evseId, connectorId = evseId }: UnlockConnector): Translation {
  if (connectorId !== evseId) return NO_SUCH_PAIR;
  return checked('UnlockConnector', { connectorId }, oneConnector(connectorId));
}
