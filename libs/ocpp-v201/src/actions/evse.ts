import type { EvseRef } from '@ocpp-gw/ocpp-j';
import type { EVSEType } from '#generated/messages.d.ts';

/**
 * Where something happened; 0 means that it is not known. A transaction reports its EVSE in the first event after the car connects
 * and need not repeat it, so a 0 never overwrites what is known.
 */
export function evseOf(evse: Pick<EVSEType, 'id' | 'connectorId'> | undefined): EvseRef {
  return { evseId: evse?.id ?? 0, connectorId: evse?.connectorId ?? 0 };
}
