import { guardedAgent, type AddressPolicy } from '@ocpp-gw/egress';
import type { Agent } from 'undici';
import { PrivateTargetError } from './errors.ts';

export interface TargetAgentOptions extends Omit<AddressPolicy, 'refused'> {
  timeoutMs: number;
}

/** Connections to subscribers. Unless allowed, none is made to an address that is not public. */
export function createTargetAgent(options: TargetAgentOptions): Agent {
  return guardedAgent({ ...options, refused: (host, address) => new PrivateTargetError(host, address) });
}
