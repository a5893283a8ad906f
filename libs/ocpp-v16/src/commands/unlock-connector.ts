import { NO_SUCH_PAIR, oneConnector } from './connector.ts';
import { outbound } from './outbound.ts';

/** UnlockConnector (OCPP 1.6 section 5.18). */
export const unlockConnector = outbound('UnlockConnector', 'UnlockConnector', {
  toCall({ evseId, connectorId = evseId }, checked) {
    if (connectorId !== evseId) return NO_SUCH_PAIR;
    return checked({ connectorId }, oneConnector(connectorId));
  },
});
