import { BlockList, isIP } from 'node:net';

/** IANA special-purpose registries (RFC 6890 and successors): nothing on the internet can live there. */
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

/** Within 2000::/3. Teredo and 6to4 embed an IPv4 address and lead wherever that leads. */
const SPECIAL_V6: readonly [string, number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

/** Beyond the first nothing is public (RFC 4291); the second is IPv4-mapped, for which the IPv4 networks hold. */
const ASSIGNED_V6: readonly [string, number][] = [
  ['2000::', 3],
  ['::ffff:0:0', 96],
];

const special = new BlockList();
for (const [network, prefix] of SPECIAL_V4) special.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of SPECIAL_V6) special.addSubnet(network, prefix, 'ipv6');
const assigned = new BlockList();
for (const [network, prefix] of ASSIGNED_V6) assigned.addSubnet(network, prefix, 'ipv6');

/** Whether an IP address is one on the public internet. IPv4-mapped IPv6 addresses count as the IPv4 address. */
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

/** The IP address that the host of a URL is, with or without brackets; undefined for a name. */
export function literalAddress(host: string): string | undefined {
  const address = host.replace(/^\[(.*)\]$/, '$1');
  return isIP(address) ? address : undefined;
}
