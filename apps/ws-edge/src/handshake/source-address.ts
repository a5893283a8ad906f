/**
 * The address failures are counted against. Behind proxies it is the X-Forwarded-For entry that the outermost trusted
 * hop wrote; whatever stands further left was written by the client and proves nothing.
 */
export function sourceAddress(
  remote: string | undefined,
  forwardedFor: string | undefined,
  trustedHops: number,
): string {
  const chain = (forwardedFor ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  const claimed = trustedHops > 0 ? chain.at(-Math.min(trustedHops, chain.length)) : undefined;
  return claimed ?? remote ?? 'unknown';
}
