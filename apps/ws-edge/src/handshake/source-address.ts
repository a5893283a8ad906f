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
