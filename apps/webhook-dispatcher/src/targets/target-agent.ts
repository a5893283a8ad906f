import { guardedAgent, type AddressPolicy } from '@ocpp-gw/egress';
import type { Agent } from 'undici';
import { PrivateTargetError } from './errors.ts';

export interface TargetAgentOptions extends Omit<AddressPolicy, 'refused'> {
  timeoutMs: number;
}

/** Makes connections to webhooks. An address that is not public is refused unless the configuration allows it. */
export function createTargetAgent(options: TargetAgentOptions): Agent {
  return guardedAgent({ ...options, refused: (host, address) => new PrivateTargetError(host, address) });
}
