import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MAX_LISTED_GAPS, missingSeqNos, seqNoRanges } from './seq-nos.ts';

describe('seqNoRanges', () => {
  it.each([
    ['{}', []],
    ['{[0,3)}', [[0, 2]]],
    [
      '{[0,3),[5,9)}',
      [
        [0, 2],
        [5, 8],
      ],
    ],
    [
      '{[-4,-2),[1,2)}',
      [
        [-4, -3],
        [1, 1],
      ],
    ],
    ['{[2147483647,2147483648)}', [[2147483647, 2147483647]]],
  ])('of the multirange %s are %j', (multirange, ranges) => {
    expect(seqNoRanges(multirange)).toEqual(ranges);
  });
});

describe('missingSeqNos', () => {
  it.each([
    ['{}', []],
    ['{[0,3)}', []],
    ['{[0,3),[5,9)}', [3, 4]],
    ['{[2,3)}', [0, 1]],
    ['{[-4,-2),[1,2)}', [0]],
  ])('of %s are %j', (seen, missing) => {
    expect(missingSeqNos(seqNoRanges(seen))).toEqual(missing);
  });

  it('are all numbers below the highest seen that are not seen', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(60), { minLength: 1 }), (seqNos) => {
        const sorted = seqNos.toSorted((a, b) => a - b);
        const text = `{${sorted.map((n) => `[${n},${n + 1})`).join(',')}}`;
        expect(seqNoRanges(text)).toEqual(sorted.map((n) => [n, n]));
        const expected = Array.from({ length: Math.max(...seqNos) }, (_, n) => n).filter((n) => !seqNos.includes(n));
        expect(missingSeqNos(seqNoRanges(text))).toEqual(expected);
      }),
    );
  });

  it('end after a thousand: an absurd seqNo makes no absurd list', () => {
    expect(missingSeqNos([[2147483647, 2147483647]])).toHaveLength(MAX_LISTED_GAPS);
  });
});
