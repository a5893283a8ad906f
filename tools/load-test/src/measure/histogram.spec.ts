import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  curveOf,
  decode,
  encode,
  latencyOf,
  merge,
  newHistogram,
  newIntervalHistogram,
  recordMs,
} from './histogram.ts';

const times = fc.array(fc.double({ min: 0, max: 120_000, noNaN: true }), { minLength: 1, maxLength: 200 });

function histogramOf(values: readonly number[], histogram = newHistogram()) {
  for (const value of values) recordMs(histogram, value);
  return histogram;
}

describe('merge', () => {
  it('is what one histogram would have recorded, also after a way through text', () => {
    fc.assert(
      fc.property(fc.array(times, { maxLength: 4 }), (parts) => {
        const merged = merge(parts.map((part) => decode(encode(histogramOf(part)))));
        expect(latencyOf(merged)).toEqual(latencyOf(histogramOf(parts.flat())));
      }),
      { numRuns: 25 },
    );
  });

  it('takes those of single seconds', () => {
    const merged = merge([decode(encode(histogramOf([1, 2], newIntervalHistogram()))), histogramOf([3])]);
    expect(latencyOf(merged)).toMatchObject({ count: 3, p50: 2 });
  });
});

describe('latencyOf', () => {
  it('is a nearest rank, to three digits', () => {
    fc.assert(
      fc.property(times, (values) => {
        const sorted = values.toSorted((a, b) => a - b);
        const exact = sorted[Math.ceil(0.9 * sorted.length) - 1] ?? NaN;
        const { p90, count } = latencyOf(histogramOf(values));
        expect(count).toBe(values.length);
        expect(Math.abs((p90 ?? NaN) - exact)).toBeLessThanOrEqual(0.002 + exact * 0.001);
      }),
      { numRuns: 25 },
    );
  });

  it('is null of nothing', () => {
    expect(latencyOf(newHistogram())).toEqual({ count: 0, p50: null, p90: null, p99: null, p999: null, max: null });
  });

  it('takes what lasts longer than an hour for an hour', () => {
    expect(latencyOf(histogramOf([7_200_000])).max).toBeCloseTo(3_600_000, -4);
  });
});

describe('curveOf', () => {
  it('shows no percentile that so few values cannot have', () => {
    const percents = curveOf(histogramOf(Array.from({ length: 100 }, (_, n) => n))).map(([percent]) => percent);
    expect(percents.at(-1)).toBe(99);
    expect(curveOf(newHistogram())).toEqual([]);
  });
});
