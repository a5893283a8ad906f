import { build, decodeFromCompressedBase64, encodeIntoCompressedBase64, type Histogram } from 'hdr-histogram-js';

export type { Histogram };

const LONGEST_US = 3_600_000_000;

/** Times up to an hour, to three digits: merging loses nothing. */
export function newHistogram(): Histogram {
  return build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: LONGEST_US,
    numberOfSignificantValueDigits: 3,
    bitBucketSize: 32,
  });
}

/** Times of one second, to two digits: there is one for each second. */
export function newIntervalHistogram(): Histogram {
  return build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: LONGEST_US,
    numberOfSignificantValueDigits: 2,
    bitBucketSize: 32,
  });
}

/** @param ms milliseconds, none of them negative */
export function recordMs(histogram: Histogram, ms: number): void {
  histogram.recordValue(Math.min(LONGEST_US, Math.max(1, Math.round(ms * 1000))));
}

export const encode = (histogram: Histogram): string => encodeIntoCompressedBase64(histogram);
export const decode = (text: string): Histogram => decodeFromCompressedBase64(text, 32);

/** What all of them recorded, as if one had. */
export function merge(histograms: readonly Histogram[]): Histogram {
  const merged = newHistogram();
  for (const histogram of histograms) merged.add(histogram);
  return merged;
}

/** Milliseconds; null of nothing. */
export interface Latency {
  count: number;
  p50: number | null;
  p90: number | null;
  p99: number | null;
  p999: number | null;
  max: number | null;
}

export function latencyOf(histogram: Histogram): Latency {
  const count = histogram.totalCount;
  const at = (percent: number): number | null => (count === 0 ? null : histogram.getValueAtPercentile(percent) / 1000);
  return { count, p50: at(50), p90: at(90), p99: at(99), p999: at(99.9), max: at(100) };
}

/** Points of the curve of percentiles, more of them the rarer they are. */
const CURVE = [0, 10, 25, 50, 60, 70, 80, 90, 95, 97, 98, 99, 99.5, 99.7, 99.9, 99.95, 99.99, 99.999] as const;

/** [percent, ms] up to what so many values can show. */
export function curveOf(histogram: Histogram): [number, number][] {
  const finest = 100 - 100 / Math.max(1, histogram.totalCount);
  return CURVE.filter((percent) => histogram.totalCount > 0 && percent <= finest).map((percent) => [
    percent,
    histogram.getValueAtPercentile(percent) / 1000,
  ]);
}
