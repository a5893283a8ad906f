import type { LookupAddress } from 'node:dns';
import { lookup as systemLookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import { isPublicAddress } from './public-address.ts';

export type Resolve = (host: string) => Promise<LookupAddress[]>;

export interface AddressPolicy {
  allowPrivate: boolean;
  resolve?: Resolve;
  /** The error by which a host at an address that is not public is refused. */
  refused: (host: string, address: string) => Error;
}

const resolveAll: Resolve = (host) => systemLookup(host, { all: true });

/**
 * A lookup for `net.connect` that gives out public addresses only. The socket connects to what it returns, so a name that
 * changes its mind between check and connect gains nothing. One question a name at a time: the system resolver has few
 * threads, and a name whose servers are dead must not hold them all.
 */
export function guardedLookup({ allowPrivate, resolve = resolveAll, refused }: AddressPolicy): LookupFunction {
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
        const allowed = allowPrivate ? fitting : fitting.filter((one) => isPublicAddress(one.address));
        const [first] = allowed;
        if (!first) throw noneOf(host, fitting);
        return { first, allowed };
      })
      .then(
        ({ first, allowed }) => {
          if (options.all) callback(null, allowed);
          else callback(null, first.address, first.family);
        },
        (error: NodeJS.ErrnoException) => callback(error, []),
      );
  };

  // Reported as an error: given an empty list, `net.connect` throws where nobody catches.
  function noneOf(host: string, [unfit]: LookupAddress[]): Error {
    return unfit ? refused(host, unfit.address) : new Error(`${host} has no address`);
  }
}
