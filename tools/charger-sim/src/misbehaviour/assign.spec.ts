import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { seededNumbers } from '../random.ts';
import { CATALOGUE, speaks } from './catalogue.ts';
import { assignMisbehaviours } from './assign.ts';
import type { Version } from './misbehaviour.ts';

describe('assignMisbehaviours', () => {
  it('gives each misbehaviour of the version to one charger, and none two of a kind', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Version>('1.6', '2.0.1'),
        fc.integer({ min: 20, max: 120 }),
        fc.integer({ min: 0 }),
        (version, chargers, seed) => {
          const assigned = assignMisbehaviours(version, chargers, seededNumbers(seed));
          const names = assigned.flat().map(({ name }) => name);
          const all = CATALOGUE.filter((each) => !each.byNameOnly && speaks(each, version)).map(({ name }) => name);
          expect(names.toSorted()).toEqual(all.toSorted());
          for (const has of assigned) expect(new Set(has.map(({ kind }) => kind)).size).toBe(has.length);
        },
      ),
    );
  });

  it('lets chargers behave where there are more of them than misbehaviours', () => {
    const assigned = assignMisbehaviours('1.6', 100, seededNumbers(1));
    expect(Math.max(...assigned.map(({ length }) => length))).toBe(1);
    expect(assigned.at(-1)).toEqual([]);
  });
});
