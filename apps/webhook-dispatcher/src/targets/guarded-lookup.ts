import type { LookupAddress } from 'node:dns';
import { lookup as systemLookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import { PrivateTargetError } from './errors.ts';
import { isPublicAddress } from './public-address.ts';

export type Resolve = (host: string) => Promise<LookupAddress[]>;

const resolveAll: Resolve = (host) => systemLookup(host, { all: true });

/**
 * A lookup for `net.connect` that gives out public addresses only. The socket connects to what it returns, so a name that
 * changes its mind between check and connect gains nothing. One question a name at a time: the system resolver has few
 * threads, and a name whose servers are dead must not hold them all.
 */
export function guardedLookup(allowPrivate: boolean, resolve: Resolve = resolveAll): LookupFunction {
  const asked = new Map<string, Promise<LookupAddress[]>>();
  const ask = (host: string): Promise<LookupAddress[]> => {
    const running = asked.get(host);
    if (running) return running;
    const answer = resolve(host).finally(() => asked.delete(host));
    asked.set(host, answer);
    return answer;
  };
  return (host, options, callback) => {
    ask(host)
      .then((addresses) => {
        const family = options.family === 4 || options.family === 6 ? options.family : undefined;
        const fitting = family ? addresses.filter((one) => one.family === family) : addresses;
        return allowPrivate ? fitting : publicOnly(host, fitting);
      })
      .then(
        (addresses) => {
          const [first] = addresses;
          if (options.all) callback(null, addresses);
          else callback(null, first?.address ?? '', first?.family);
        },
        (error: NodeJS.ErrnoException) => callback(error, []),
      );
  };
}

function publicOnly(host: string, addresses: LookupAddress[]): LookupAddress[] {
  const allowed = addresses.filter((one) => isPublicAddress(one.address));
  const [refused] = addresses;
  if (allowed.length === 0 && refused) throw new PrivateTargetError(host, refused.address);
  return allowed;
}
