import { describe, expect, it } from '@jest/globals';
import { MAX_DEPTH, isTooDeep } from './input-faults.ts';

const nested = (depth: number): unknown => {
  let value: unknown = 'core';
  for (let each = 0; each < depth; each += 1) value = each % 2 ? [value] : { value };
  return value;
};

describe('isTooDeep', () => {
  it.each([
    [0, false],
    [MAX_DEPTH, false],
    [MAX_DEPTH + 1, true],
    [200_000, true],
  ])('S4 says of %i levels: %s', (depth, deep) => {
    expect(isTooDeep(nested(depth))).toBe(deep);
    expect(isTooDeep([1, nested(depth - 1)])).toBe(deep);
  });

  it('takes a wide value for what it is', () => {
    expect(isTooDeep(Array.from({ length: 300_000 }, () => [null]))).toBe(false);
  });
});
