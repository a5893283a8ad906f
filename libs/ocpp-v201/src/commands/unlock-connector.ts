import { oneConnector } from './evse.ts';
import { outbound } from './outbound.ts';

/** UnlockConnector (OCPP 2.0.1 F05). */
export const unlockConnector = outbound('UnlockConnector', 'UnlockConnector', {
  toCall: ({ evseId, connectorId = 1 }, checked) =>
    checked({ evseId, connectorId }, [...oneConnector(evseId, '/evseId'), ...oneConnector(connectorId)]),
});
