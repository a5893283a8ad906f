import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { conflictFreeBatches } from './conflict-free.ts';

describe(conflictFreeBatches.name, () => {
  it('hold each key once, lose nothing, and keep the order within a key', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ key: fc.constantFrom('a', 'b', 'c'), n: fc.nat() })), (items) => {
        const groups = conflictFreeBatches(items, (item) => [item.key]);
        for (const group of groups) expect(new Set(group.map((item) => item.key)).size).toBe(group.length);
        for (const key of ['a', 'b', 'c'])
          expect(groups.flat().filter((item) => item.key === key)).toEqual(items.filter((item) => item.key === key));
        expect(groups.flat()).toHaveLength(items.length);
      }),
    );
  });

  it('keep the order of items that have one of several keys in common', () => {
    expect(conflictFreeBatches(['a', 'ab', 'b', 'c'], (item) => item.split(''))).toEqual([['a', 'c'], ['ab'], ['b']]);
  });
});
