import type { Protocol, Tolerance } from '@ocpp-gw/ocpp-j';

/** The charge point at the other end of a connection. */
export interface Peer {
  cpId: string;
  protocol: Protocol;
  source: string;
  tolerance: Tolerance;
  /** IANA name, as an operator has set it; empty when nobody has. */
  timeZone: string;
  /** False when no pings are sent and only heartbeats show that it is alive (notes 4.20). */
  serverPing: boolean;
}
