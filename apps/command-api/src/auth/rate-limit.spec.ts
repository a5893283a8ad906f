import { describe, expect, it } from '@jest/globals';
import { RateLimit } from './rate-limit.ts';

const caller = (name: string) => ({ name, scopes: new Set(['read'] as const) });

describe(RateLimit.name, () => {
  it('allows so many requests a minute by each token, and then no more until the minute is over', () => {
    const clock = { now: 1000 };
    const sut = new RateLimit(2, () => clock.now);
    const [one, other] = [caller('same'), caller('same')];
    expect(sut.take(one)).toEqual({ isAllowed: true, left: 1, resetS: 60 });
    clock.now += 500;
    expect(sut.take(one)).toEqual({ isAllowed: true, left: 0, resetS: 60 });
    clock.now += 30_000;
    expect(sut.take(one)).toEqual({ isAllowed: false, left: 0, resetS: 30 });
    expect(sut.take(other).isAllowed).toBe(true);
    clock.now = 61_000;
    expect(sut.take(one)).toEqual({ isAllowed: true, left: 1, resetS: 60 });
  });
});
