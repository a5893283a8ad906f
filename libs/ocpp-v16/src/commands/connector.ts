import type { PayloadFault } from '@ocpp-gw/contracts';
import { demand, type Translation } from '@ocpp-gw/ocpp-j';

/** Connector N is EVSE N with connector N; a 1.6 charge point has no other pairs. */
export const NO_SUCH_PAIR: Translation = {
  ok: false,
  kind: 'notSupported',
  reason: 'OCPP 1.6 has one connector an EVSE: leave out connectorId',
};

/** For messages in which connector 0 means the whole charge point, or any connector of it. */
export function connectorOrStation(connectorId: number | undefined): readonly PayloadFault[] {
  return demand(connectorId === undefined || connectorId >= 0, '/connectorId', 'must be 0 or more');
}

/** For messages that name one connector or none. */
export function oneConnector(connectorId: number | undefined): readonly PayloadFault[] {
  return demand(connectorId === undefined || connectorId > 0, '/connectorId', 'must be 1 or more');
}
