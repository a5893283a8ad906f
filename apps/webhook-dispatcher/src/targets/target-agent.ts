import { Agent, buildConnector } from 'undici';
import { PrivateTargetError } from './errors.ts';
import { guardedLookup, type Resolve } from './guarded-lookup.ts';
import { isPublicAddress, literalAddress } from './public-address.ts';

export interface TargetAgentOptions {
  allowPrivate: boolean;
  timeoutMs: number;
  resolve?: Resolve;
}

/** Connections to subscribers. Unless allowed, none is made to an address that is not public. */
export function createTargetAgent({ allowPrivate, timeoutMs, resolve }: TargetAgentOptions): Agent {
  const connect = buildConnector({ timeout: timeoutMs, lookup: guardedLookup(allowPrivate, resolve) });
  return new Agent({
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    connect: (options, callback) => {
      // An address in the URL itself is connected to without any lookup.
      const address = literalAddress(options.hostname);
      if (address && !allowPrivate && !isPublicAddress(address))
        callback(new PrivateTargetError(options.hostname, address), null);
      else connect(options, callback);
    },
  });
}
