import { describe, expect, it } from '@jest/globals';
import { Journal } from './journal.ts';

describe('Journal', () => {
  it('keeps the newest entries and counts what it forgot', () => {
    const sut = new Journal<{ n: number }>(3);
    for (let n = 1; n <= 5; n += 1) sut.add({ n });
    expect(sut.list().map(({ n }) => n)).toEqual([3, 4, 5]);
    expect(sut.forgotten).toBe(2);
  });

  it('filters by the fields given and not by null', () => {
    const sut = new Journal<{ path: string; cp_id: string }>(10);
    sut.add({ path: '/a', cp_id: 'CP1' });
    sut.add({ path: '/b', cp_id: 'CP1' });
    expect(sut.list({ path: '/a', cp_id: null })).toHaveLength(1);
    expect(sut.list({ cp_id: 'CP1' })).toHaveLength(2);
    expect(sut.list({ cp_id: 'CP2' })).toHaveLength(0);
  });
});
