import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Random } from './random.ts';

describe('Random', () => {
  it('gives the same numbers for the same seed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0 }), (seed) => {
        const [one, other] = [new Random(seed), new Random(seed)];
        expect(Array.from({ length: 20 }, () => one.next())).toEqual(Array.from({ length: 20 }, () => other.next()));
      }),
    );
  });

  it('stays within its bounds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0 }), fc.integer(), fc.nat(), (seed, low, width) => {
        const random = new Random(seed);
        for (let turn = 0; turn < 20; turn += 1) {
          const value = random.between(low, low + width);
          expect(value).toBeGreaterThanOrEqual(low);
          expect(value).toBeLessThanOrEqual(low + width);
        }
      }),
    );
  });

  it('shuffles without losing or inventing anything', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0 }), fc.array(fc.integer()), (seed, items) => {
        expect(new Random(seed).shuffled(items).toSorted()).toEqual(items.toSorted());
      }),
    );
  });
});
