import type { EvseRef } from '@ocpp-gw/ocpp-j';

/** 1.6 knows connectors only: connector N is EVSE N with its one connector N; 0 is the whole charge point. */
export function evseOf(connectorId: number): EvseRef {
  return { evseId: connectorId, connectorId };
}
