import { describe, expect, it } from '@jest/globals';
import { Occurrences } from './occurrences.ts';

const numbers = (sut: Occurrences, said: string) => [...said].map((content) => sut.numberOf('CP', content));

describe('Occurrences', () => {
  it.each([
    ['aaa', [0, 0, 0]],
    ['aba', [0, 0, 1]],
    ['abaa', [0, 0, 1, 1]],
    ['ababab', [0, 0, 1, 1, 2, 2]],
  ])('F17 tells what comes back in %s from what is repeated', (said, expected) => {
    expect(numbers(new Occurrences(), said)).toEqual(expected);
  });

  it('counts each subject by itself', () => {
    const sut = new Occurrences();
    expect([sut.numberOf('1', 'a'), sut.numberOf('2', 'b'), sut.numberOf('1', 'a')]).toEqual([0, 0, 0]);
  });

  it('forgets what was said long ago, and subjects of which nothing comes', () => {
    const sut = new Occurrences();
    expect(numbers(sut, 'abcdefghia').at(-1)).toBe(0);
    for (let subject = 0; subject < 20_000; subject++) sut.numberOf(String(subject), 'x');
    expect(numbers(sut, 'a')).toEqual([0]);
  });
});
