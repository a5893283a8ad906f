import { describe, expect, it } from '@jest/globals';
import { backoffMs } from './backoff.ts';

describe('backoffMs', () => {
  const options = { firstMs: 100, maxMs: 1_000 };

  it.each([
    [1, 100],
    [2, 200],
    [4, 800],
    [5, 1_000],
    [10_000, 1_000],
  ])('after %d failures is %d ms', (failures, ms) => {
    expect(backoffMs(failures, options)).toBe(ms);
  });
});
