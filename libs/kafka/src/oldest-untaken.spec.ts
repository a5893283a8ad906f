import { describe, expect, it } from '@jest/globals';
import { OldestUntaken } from './oldest-untaken.ts';

describe('OldestUntaken', () => {
  it('is the age of the oldest message of the partitions of a topic', () => {
    const sut = new OldestUntaken();
    sut.hold('a', 0, 1_000);
    sut.hold('a', 1, 3_000);
    sut.hold('b', 0, 500);
    expect(sut.ageMs('a', 5_000)).toBe(4_000);
    sut.hold('a', 0, 4_000);
    expect(sut.ageMs('a', 5_000)).toBe(2_000);
    sut.release('a', 1);
    expect(sut.ageMs('a', 5_000)).toBe(1_000);
  });

  it("is nothing once all is taken, or may be another consumer's", () => {
    const sut = new OldestUntaken();
    sut.hold('a', 0, 1_000);
    sut.release('a', 0);
    expect(sut.ageMs('a', 5_000)).toBe(0);
    sut.hold('a', 0, 1_000);
    sut.forget();
    expect(sut.ageMs('a', 5_000)).toBe(0);
  });

  it('is never negative: a broker may be ahead of us', () => {
    const sut = new OldestUntaken();
    sut.hold('a', 0, 9_000);
    expect(sut.ageMs('a', 5_000)).toBe(0);
  });
});
