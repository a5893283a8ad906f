import { describe, expect, it } from '@jest/globals';
import { halves } from './halves.ts';

describe('halves', () => {
  it.each([
    [[], [], []],
    [[1], [1], []],
    [[1, 2], [1], [2]],
    [[1, 2, 3], [1, 2], [3]],
  ])('of %j are %j and %j', (items, first, second) => {
    expect(halves(items)).toEqual([first, second]);
  });
});
