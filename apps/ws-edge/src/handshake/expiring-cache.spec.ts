import { describe, expect, it } from '@jest/globals';
import { ExpiringCache } from './expiring-cache.ts';

describe(ExpiringCache.name, () => {
  it('forgets an entry when its time has come', () => {
    let now = 0;
    const sut = new ExpiringCache<string>(10, () => now);
    sut.set('a', 'x', 100);
    now = 99;
    expect(sut.get('a')).toBe('x');
    now = 100;
    expect(sut.get('a')).toBeUndefined();
  });

  it('makes room for the newest by dropping the oldest', () => {
    const sut = new ExpiringCache<number>(2, () => 0);
    sut.set('a', 1, 1);
    sut.set('b', 2, 1);
    sut.set('a', 3, 1);
    sut.set('c', 4, 1);
    expect([sut.get('a'), sut.get('b'), sut.get('c')]).toEqual([3, undefined, 4]);
  });

  it('forgets on request', () => {
    const sut = new ExpiringCache<number>(2, () => 0);
    sut.set('a', 1, 1);
    sut.delete('a');
    expect(sut.get('a')).toBeUndefined();
  });
});
