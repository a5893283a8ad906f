import { isIPv6 } from 'node:net';

/**
 * The address failures are counted against: behind proxies the X-Forwarded-For entry of the outermost trusted hop.
 */
export function sourceAddress(
  remote: string | undefined,
  forwardedFor: string | string[] | undefined,
  trustedHops: number,
): string {
  return trustedEntry(forwardedFor, trustedHops) ?? remote ?? 'unknown';
}

/**
 * The entry that the outermost trusted hop wrote into a header to which each proxy appends; whatever stands further
 * left was written by the client and proves nothing. A list too short was begun by a hop that only replaces.
 */
export function trustedEntry(header: string | string[] | undefined, trustedHops: number): string | undefined {
  const chain = [header ?? []]
    .flat()
    .join(',')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  return trustedHops > 0 ? chain.at(-Math.min(trustedHops, chain.length)) : undefined;
}

/** One source is an IPv4 address, or the 64-bit network that an IPv6 subscriber has. */
export function sourceGroup(address: string): string {
  const mapped = /^::ffff:(\d+(?:\.\d+){3})$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const plain = address.split('%', 1)[0] ?? '';
  if (!isIPv6(plain)) return address;
  const [left, right] = plain.split('::', 2).map((part) => part.split(':').filter((group) => group !== ''));
  const tail = right ?? [];
  const tailGroups = tail.length + (tail.at(-1)?.includes('.') ? 1 : 0);
  const head = left ?? [];
  const zeros = right ? Array.from({ length: Math.max(0, 8 - head.length - tailGroups) }, () => '0') : [];
  const network = [...head, ...zeros, ...tail].slice(0, 4).map((group) => parseInt(group, 16).toString(16));
  return `${network.join(':')}::/64`;
}
