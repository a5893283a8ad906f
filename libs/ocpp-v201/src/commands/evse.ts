import type { PayloadFault } from '@ocpp-gw/contracts';
import { demand } from '@ocpp-gw/ocpp-j';

/** For messages in which EVSE 0 means the whole station. */
export function evseOrStation(evseId: number | undefined, path = '/evseId'): readonly PayloadFault[] {
  return demand(evseId === undefined || evseId >= 0, path, 'must be 0 or more');
}

/** For messages that name one EVSE or none. */
export function oneEvse(evseId: number | undefined, path = '/evseId'): readonly PayloadFault[] {
  return demand(evseId === undefined || evseId > 0, path, 'must be 1 or more, or left out for the whole station');
}

export function oneConnector(connectorId: number | undefined, path = '/connectorId'): readonly PayloadFault[] {
  return demand(connectorId === undefined || connectorId > 0, path, 'must be 1 or more');
}
