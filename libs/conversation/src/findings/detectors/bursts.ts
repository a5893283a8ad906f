/** Groups moments, in order of time, in which at least `many` follow each other within a span. Linear. */
export function burstsOf<T>(
  items: readonly T[],
  { at, many, withinS }: { at: (item: T) => Date; many: number; withinS: number },
): T[][] {
  const bursts: { from: number; to: number }[] = [];
  let from = 0;
  items.forEach((item, to) => {
    while (at(item).getTime() - at(items[from] as T).getTime() > withinS * 1000) from += 1;
    if (to - from + 1 < many) return;
    const last = bursts.at(-1);
    if (last && from <= last.to) last.to = to;
    else bursts.push({ from, to });
  });
  return bursts.map((burst) => items.slice(burst.from, burst.to + 1));
}
