import type { IntervalReadings } from './book.ts';
import { exactWh } from './wh.ts';

/** When the transaction started and ended, milliseconds since 1970. */
export interface Span {
  startedAt: number | undefined;
  endedAt: number | undefined;
}

/** An interval may seem longer than the others by this factor, because chargers are not on time. Beyond it one is missing. */
const LATENESS = 1.5;

/**
 * What the intervals add up to, Wh; null when one is missing. An interval is reported at its end, and nothing says how long it
 * is. Its length follows from the times between the reports: all but the first and the last are equal.
 */
export function sumOfIntervals(readings: IntervalReadings, { startedAt, endedAt }: Span): number | null {
  if (readings.more || startedAt === undefined) return null;
  // An interval that was reported at the start is the energy before it.
  const counted = readings.told.filter(([at]) => at !== startedAt);
  // The clock went back, so it is unknown what is missing and to which transaction an interval belongs.
  if (counted.some(([at, wh]) => at < startedAt && wh > 0)) return null;
  const times = counted.map(([at]) => at);
  const lengths = between([startedAt, ...times]);
  const length = median(between(times.slice(0, -1))) ?? Math.max(...lengths);
  const silence = endedAt === undefined ? [] : between([times.at(-1) ?? startedAt, endedAt]);
  if ([...lengths, ...silence].some((each) => each > length * LATENESS)) return null;
  return exactWh(counted.reduce((sum, [, wh]) => sum + wh, 0));
}

function between(times: readonly number[]): number[] {
  return times.slice(1).map((at, i) => at - (times[i] as number));
}

function median(lengths: readonly number[]): number | undefined {
  return lengths.toSorted((a, b) => a - b)[Math.floor((lengths.length - 1) / 2)];
}
