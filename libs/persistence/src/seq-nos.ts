/** No more gaps than this are listed: one absurd seqNo must not make a list of two thousand million. */
export const MAX_LISTED_GAPS = 1000;

/**
 * The numbers from 0 to the highest seen that are not in `seen`, a Postgres int8multirange in its text form
 * ("{[0,3),[5,9)}": 3 and 4 are missing). 2.0.1 counts seqNo from 0 in each transaction.
 */
export function missingSeqNos(seen: string): number[] {
  const missing: number[] = [];
  let next = 0;
  for (const [, from, to] of seen.matchAll(/\[(-?\d+),(-?\d+)\)/g)) {
    for (let gap = next; gap < Number(from); gap += 1) {
      if (missing.length === MAX_LISTED_GAPS) return missing;
      missing.push(gap);
    }
    next = Math.max(next, Number(to));
  }
  return missing;
}
