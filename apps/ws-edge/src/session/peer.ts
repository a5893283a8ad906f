import type { Protocol, Tolerance } from '@ocpp-gw/ocpp-j';

/** The charge point at the other end of a connection. */
export interface Peer {
  cpId: string;
  protocol: Protocol;
  source: string;
  tolerance: Tolerance;
  /** False when no pings are sent and only heartbeats show that it is alive (notes 4.20). */
  serverPing: boolean;
  /** W3C trace context of its handshake. */
  traceparent?: string | undefined;
}
