import { describe, expect, it } from '@jest/globals';
import { lagOf } from './lag.ts';

describe('lagOf', () => {
  it.each([
    ['5', '0', '12', 7],
    ['12', '0', '12', 0],
    ['-1', '3', '12', 9],
    ['1', '3', '12', 9],
    ['20', '0', '12', 0],
  ])('of offset %s in [%s, %s) is %i', (committed, low, high, lag) => {
    expect(lagOf(committed, low, high).lag).toBe(lag);
  });
});
