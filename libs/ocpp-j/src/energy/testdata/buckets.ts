import type { EnergyInterval } from '../curve.ts';

/** The sum of what the intervals change, Wh. */
export function sumOf(intervals: readonly EnergyInterval[]): number {
  return intervals.reduce((sum, { from, to }) => sum + to[1] - from[1], 0);
}

interface Bucket {
  enters: { number: number; wh: number };
  leaves: { number: number; wh: number };
}

/**
 * The energy by time, as the roll-ups of ClickHouse keep it (libs/clickhouse/README.md): of each bucket the energy with which the curve
 * enters and leaves it, by the interval with the highest number. Order and repetition make no difference.
 */
export function byTime(intervals: readonly EnergyInterval[], lengthMs: number): Map<number, number> {
  const buckets = new Map<number, Bucket>();
  for (const { number, from, to, quality } of intervals) {
    if (to[0] < from[0]) continue;
    const floor = (at: number) => Math.floor(at / lengthMs) * lengthMs;
    const jump = quality.includes('clock_jump');
    const at = (moment: number) =>
      jump || to[0] === from[0] ? from[1] : from[1] + ((to[1] - from[1]) * (moment - from[0])) / (to[0] - from[0]);
    for (let begin = floor(jump ? to[0] : from[0]); begin <= to[0]; begin += lengthMs) {
      const bucket = buckets.get(begin) ?? { enters: { number: 0, wh: 0 }, leaves: { number: 0, wh: 0 } };
      buckets.set(begin, bucket);
      if (from[0] < begin && bucket.enters.number <= number) bucket.enters = { number, wh: at(begin) };
      const leaves = begin + lengthMs >= to[0] ? to[1] : at(begin + lengthMs);
      if (bucket.leaves.number <= number) bucket.leaves = { number, wh: leaves };
    }
  }
  return new Map([...buckets].map(([begin, { enters, leaves }]) => [begin, leaves.wh - enters.wh]));
}
