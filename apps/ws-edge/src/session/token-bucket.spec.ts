import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TokenBucket } from './token-bucket.ts';

describe(TokenBucket.name, () => {
  it('lets a burst through at once and then one per interval', () => {
    const sut = new TokenBucket({ perSecond: 10, burst: 2 }, 0);
    expect([sut.take(0), sut.take(0), sut.take(0), sut.take(0)]).toEqual([0, 0, 100, 200]);
  });

  it('fills up to the burst and no further', () => {
    const sut = new TokenBucket({ perSecond: 10, burst: 2 }, 0);
    expect([sut.take(10_000), sut.take(10_000), sut.take(10_000)]).toEqual([0, 0, 100]);
  });

  it('never allows more than burst plus rate in any run that waits as it is asked to', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 50 }), (perSecond, burst) => {
        const sut = new TokenBucket({ perSecond, burst }, 0);
        let now = 0;
        for (let used = 1; used <= 200; used++) {
          now += sut.take(now);
          expect(used).toBeLessThanOrEqual(burst + (now / 1000) * perSecond + 1e-6);
        }
      }),
    );
  });
});
