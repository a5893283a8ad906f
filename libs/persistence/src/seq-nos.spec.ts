import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MAX_LISTED_GAPS, missingSeqNos } from './seq-nos.ts';

describe('missingSeqNos', () => {
  it.each([
    ['{}', []],
    ['{[0,3)}', []],
    ['{[0,3),[5,9)}', [3, 4]],
    ['{[2,3)}', [0, 1]],
    ['{[-4,-2),[1,2)}', [0]],
  ])('of %s are %j', (seen, missing) => {
    expect(missingSeqNos(seen)).toEqual(missing);
  });

  it('are all numbers below the highest seen that are not seen', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(60), { minLength: 1 }), (seqNos) => {
        const sorted = seqNos.toSorted((a, b) => a - b);
        const text = `{${sorted.map((n) => `[${n},${n + 1})`).join(',')}}`;
        const expected = Array.from({ length: Math.max(...seqNos) }, (_, n) => n).filter((n) => !seqNos.includes(n));
        expect(missingSeqNos(text)).toEqual(expected);
      }),
    );
  });

  it('end after a thousand: an absurd seqNo makes no absurd list', () => {
    expect(missingSeqNos('{[2147483647,2147483648)}')).toHaveLength(MAX_LISTED_GAPS);
  });
});
