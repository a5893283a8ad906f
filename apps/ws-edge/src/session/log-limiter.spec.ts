import { describe, expect, it } from '@jest/globals';
import { LogLimiter } from './log-limiter.ts';

describe(LogLimiter.name, () => {
  it('admits so many lines a window and then says how many were left out', () => {
    const sut = new LogLimiter(2, 1000);
    expect([0, 1, 2, 3].map((now) => sut.admit(now))).toEqual([{ suppressed: 0 }, { suppressed: 0 }, null, null]);
    expect(sut.admit(1000)).toEqual({ suppressed: 2 });
    expect(sut.admit(1001)).toEqual({ suppressed: 0 });
  });
});
