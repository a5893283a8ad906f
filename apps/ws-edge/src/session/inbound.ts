import type { InboundCall } from '@ocpp-gw/ocpp-j';

/** What waits in the inbound queue. `behind` resolves when the effects of the answers before the CALL are written. */
export type Inbound =
  | { kind: 'call'; call: InboundCall; at: number; behind: Promise<unknown> }
  | { kind: 'fault'; reason: string; reply: string | null };
