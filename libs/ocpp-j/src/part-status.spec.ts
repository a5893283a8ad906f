import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { statusOfParts } from './part-status.ts';

describe('statusOfParts', () => {
  it.each<[string[], string]>([
    [['Accepted'], 'Accepted'],
    [['Accepted', 'Accepted'], 'Accepted'],
    [['Accepted', 'RebootRequired'], 'RebootRequired'],
    [['Accepted', 'Rejected'], 'Partial'],
    [['RebootRequired', 'UnknownVariable'], 'Partial'],
    [['Rejected'], 'Rejected'],
    [['UnknownVariable', 'UnknownVariable'], 'UnknownVariable'],
    [['UnknownVariable', 'UnknownComponent'], 'Rejected'],
    [['NotFound', 'Rejected'], 'Rejected'],
    [[], 'Rejected'],
  ])('F25 of %j is %s', (statuses, status) => {
    expect(statusOfParts({ statuses, asked: statuses.length })).toBe(status);
  });

  it('F25 is not Accepted where the charger left something unanswered', () => {
    expect(statusOfParts({ statuses: ['Accepted', 'Accepted'], asked: 3 })).toBe('Partial');
  });

  it('F25 says Accepted of nothing that is not, in whatever order it comes', () => {
    const status = fc.constantFrom('Accepted', 'RebootRequired', 'Rejected', 'UnknownVariable', 'NotFound');
    fc.assert(
      fc.property(fc.array(status, { minLength: 1 }), (statuses) => {
        const word = statusOfParts({ statuses, asked: statuses.length });
        expect(word === 'Accepted').toBe(statuses.every((each) => each === 'Accepted'));
        expect(statusOfParts({ statuses: statuses.toReversed(), asked: statuses.length })).toBe(word);
      }),
    );
  });
});
