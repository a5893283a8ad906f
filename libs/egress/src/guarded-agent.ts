import { Agent, buildConnector } from 'undici';
import { guardedLookup, type AddressPolicy } from './guarded-lookup.ts';
import { isPublicAddress, literalAddress } from './public-address.ts';

export interface GuardedAgentOptions extends AddressPolicy {
  timeoutMs: number;
  /** To one origin; unlimited unless said. */
  connections?: number;
  /** Bytes; unlimited unless said. */
  maxResponseSize?: number;
}

/**
 * Connections to addresses that others name. Unless allowed, none is made to one that is not public: the gateway must not be
 * sent to call its neighbours (SSRF).
 */
export function guardedAgent({ timeoutMs, connections, maxResponseSize, ...policy }: GuardedAgentOptions): Agent {
  const connect = buildConnector({ timeout: timeoutMs, lookup: guardedLookup(policy) });
  return new Agent({
    connections,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    maxResponseSize,
    connect: (options, callback) => {
      // An address in the URL itself is connected to without any lookup.
      const address = literalAddress(options.hostname);
      if (address && !policy.allowPrivate && !isPublicAddress(address))
        callback(policy.refused(options.hostname, address), null);
      else connect(options, callback);
    },
  });
}
