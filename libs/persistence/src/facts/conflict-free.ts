/** Splits items into groups that hold each key at most once, keeping the order of items with a key in common. */
export function conflictFreeBatches<T>(items: readonly T[], keysOf: (item: T) => readonly string[]): T[][] {
  const groups: T[][] = [];
  const next = new Map<string, number>();
  for (const item of items) {
    const keys = keysOf(item);
    const batch = Math.max(0, ...keys.map((key) => next.get(key) ?? 0));
    for (const key of keys) next.set(key, batch + 1);
    (groups[batch] ??= []).push(item);
  }
  return groups;
}
