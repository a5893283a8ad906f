import type { Protocol, Tolerance } from '@ocpp-gw/ocpp-j';

/** Who is at the other end. */
export interface Peer {
  cpId: string;
  protocol: Protocol;
  source: string;
  tolerance: Tolerance;
  /** False: it is never sent a ping, and lives by its heartbeats (notes 4.20). */
  serverPing: boolean;
}
