import type { Entry, Written } from '../entry.ts';

/** Fresh are the entries whose positions the statement gave back; the others said what their row says. */
export function freshAt(entries: readonly Entry[], changed: readonly { position: number }[]): [Entry, Written][] {
  const fresh = new Set(changed.map(({ position }) => position));
  return entries.map((entry, position) => [entry, { fresh: fresh.has(position) }]);
}
