import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { seededNumbers } from '../random.ts';
import { CATALOGUE, speaks } from './catalogue.ts';
import { dealMisbehaviours } from './deal.ts';
import type { Version } from './misbehaviour.ts';

describe('dealMisbehaviours', () => {
  it('gives each misbehaviour of the version to one charger, and none two of a kind', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Version>('1.6', '2.0.1'),
        fc.integer({ min: 20, max: 120 }),
        fc.integer({ min: 0 }),
        (version, chargers, seed) => {
          const hands = dealMisbehaviours(version, chargers, seededNumbers(seed));
          const names = hands.flat().map(({ name }) => name);
          const all = CATALOGUE.filter((each) => speaks(each, version)).map(({ name }) => name);
          expect(names.toSorted()).toEqual(all.toSorted());
          for (const hand of hands) expect(new Set(hand.map(({ kind }) => kind)).size).toBe(hand.length);
        },
      ),
    );
  });

  it('lets chargers behave where there are more of them than misbehaviours', () => {
    const hands = dealMisbehaviours('1.6', 100, seededNumbers(1));
    expect(Math.max(...hands.map(({ length }) => length))).toBe(1);
    expect(hands.at(-1)).toEqual([]);
  });
});
