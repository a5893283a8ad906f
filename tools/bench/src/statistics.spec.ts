import { describe, expect, it } from '@jest/globals';
import { percentile, summarise } from './statistics.ts';

describe('percentile', () => {
  it.each([
    [0, 1],
    [50, 2],
    [75, 3],
    [76, 4],
    [100, 4],
  ])('%i of four values is the measured value at its rank', (percent, value) => {
    expect(percentile([1, 2, 3, 4], percent)).toBe(value);
  });

  it('of nothing is no number', () => {
    expect(percentile([], 50)).toBeNaN();
  });
});

describe('summarise', () => {
  it('takes values in any order, as numbers', () => {
    expect(summarise([100, 9, 20])).toEqual({ count: 3, p50: 20, p95: 100, p99: 100, max: 100 });
  });
});
