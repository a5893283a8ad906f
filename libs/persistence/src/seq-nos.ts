/** No more gaps than this are listed: one absurd seqNo must not make a list of two thousand million. */
export const MAX_LISTED_GAPS = 1000;

/** The ranges of a Postgres int8multirange in its text form: "{[0,3),[5,9)}" is 0 to 2 and 5 to 8. */
export function seqNoRanges(multirange: string): [number, number][] {
  return [...multirange.matchAll(/\[(-?\d+),(-?\d+)\)/g)].map(([, from, to]) => [Number(from), Number(to) - 1]);
}

/** The numbers from 0 to the highest seen that are in none of the ranges. 2.0.1 counts seqNo from 0 in each transaction. */
export function missingSeqNos(seen: readonly (readonly [number, number])[]): number[] {
  const missing: number[] = [];
  let next = 0;
  for (const [from, to] of seen) {
    for (let gap = next; gap < from; gap += 1) {
      if (missing.length === MAX_LISTED_GAPS) return missing;
      missing.push(gap);
    }
    next = Math.max(next, to + 1);
  }
  return missing;
}
