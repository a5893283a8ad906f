import type { Protocol } from '@ocpp-gw/ocpp-j';
import { ocpp16 } from '@ocpp-gw/ocpp-v16';
import { ocpp201 } from '@ocpp-gw/ocpp-v201';

/** The versions that are spoken here. */
export interface Protocols {
  /** In the order in which they are listed to chargers. */
  spoken: readonly Protocol[];
  /** Of a charger that offers no subprotocol, where it is let in; null: none is. */
  assumed: Protocol | null;
}

export const PROTOCOLS: Protocols = { spoken: [ocpp201, ocpp16], assumed: ocpp16 };
