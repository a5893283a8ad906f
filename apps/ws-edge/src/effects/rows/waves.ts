/** Splits items into groups that hold each key at most once, keeping the order of items with the same key. */
export function waves<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups: T[][] = [];
  const seen = new Map<string, number>();
  for (const item of items) {
    const key = keyOf(item);
    const wave = seen.get(key) ?? 0;
    seen.set(key, wave + 1);
    (groups[wave] ??= []).push(item);
  }
  return groups;
}
