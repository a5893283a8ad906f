import { describe, expect, it } from '@jest/globals';
import { RecentIds } from './recent-ids.ts';

describe(RecentIds.name, () => {
  it('knows an id again as long as it is among the last', () => {
    const sut = new RecentIds(2);
    expect(['a', 'a', 'b', 'a', 'c', 'b', 'a'].map((id) => sut.repeats(id))).toEqual([
      false,
      true,
      false,
      true,
      false,
      true,
      false,
    ]);
  });
});
