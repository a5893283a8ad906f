import type { LookupAddress } from 'node:dns';
import { lookup as systemLookup } from 'node:dns/promises';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector } from 'undici';
import { OcspError } from './errors.ts';

/** More than any answer with its certificates has. */
const MAX_ANSWER_BYTES = 64 * 1024;

/** To one responder. */
const CONNECTIONS = 16;

const SPECIAL_V4: readonly [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];
/** Within 2000::/3, beyond which nothing is assigned; some embed an IPv4 address and lead wherever that leads. */
const SPECIAL_V6: readonly [string, number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
];

const special = new BlockList();
for (const [network, prefix] of SPECIAL_V4) special.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of SPECIAL_V6) special.addSubnet(network, prefix, 'ipv6');
const assigned = new BlockList();
assigned.addSubnet('2000::', 3, 'ipv6');

/** Whether an IP address is one on the public internet. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !special.check(address, 'ipv4');
    case 6:
      return assigned.check(address, 'ipv6') && !special.check(address, 'ipv6');
    default:
      return false;
  }
}

export interface ResponderAgentOptions {
  allowPrivate: boolean;
  timeoutMs: number;
  resolve?: (host: string) => Promise<LookupAddress[]>;
}

/**
 * Connections to OCSP responders. Their addresses come from chargers and certificates, so that unless allowed none is made to
 * one that is not public: the gateway must not be sent to knock at its neighbours' doors.
 */
export function createResponderAgent({ allowPrivate, timeoutMs, resolve = resolveAll }: ResponderAgentOptions): Agent {
  const connect = buildConnector({ timeout: timeoutMs, lookup: publicLookup(allowPrivate, resolve) });
  return new Agent({
    connections: CONNECTIONS,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    maxResponseSize: MAX_ANSWER_BYTES,
    connect: (options, callback) => {
      // An address in the URL itself is connected to without any lookup.
      const address = options.hostname.replace(/^\[(.*)\]$/, '$1');
      if (isIP(address) && !allowPrivate && !isPublicAddress(address)) callback(notPublic(), null);
      else connect(options, callback);
    },
  });
}

const resolveAll = (host: string): Promise<LookupAddress[]> => systemLookup(host, { all: true });

/** The socket connects to what this returns: a name that changes its mind between check and connect gains nothing. */
function publicLookup(allowPrivate: boolean, resolve: (host: string) => Promise<LookupAddress[]>): LookupFunction {
  return (host, options, callback) => {
    resolve(host)
      .then((addresses) => {
        const allowed = addresses.filter(({ address }) => allowPrivate || isPublicAddress(address));
        const [first] = allowed;
        if (!first) callback(notPublic(), []);
        else if (options.all) callback(null, allowed);
        else callback(null, first.address, first.family);
      })
      .catch((error: NodeJS.ErrnoException) => callback(error, []));
  };
}

function notPublic(): OcspError {
  return new OcspError('the responder has no public address');
}
