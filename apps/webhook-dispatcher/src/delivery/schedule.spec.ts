import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DEFAULT_SCHEDULE, retryAfter, retryDelay } from './schedule.ts';

const HOUR = 3_600_000;
const longest = (attempt: number): number | undefined => retryDelay(DEFAULT_SCHEDULE, attempt, 1);

describe('retryDelay', () => {
  it('grows fourfold from seconds to hours, and ends after ten tries', () => {
    const bounds = Array.from({ length: 10 }, (_, n) => longest(n + 1));
    expect(bounds).toEqual(
      [5, 20, 80, 320, 1280, 5120, 20480, 21600, 21600].map((s) => s * 1000).concat([undefined as never]),
    );
  });

  it('goes on for hours in all', () => {
    const total = Array.from({ length: 9 }, (_, n) => longest(n + 1) ?? 0).reduce((sum, ms) => sum + ms, 0);
    expect(total / 2).toBeGreaterThan(8 * HOUR);
  });

  it('lies anywhere up to the bound, and never below what the receiver asked for, nor above a day', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(),
        (attempt, random, asked) => {
          const delay = retryDelay(DEFAULT_SCHEDULE, attempt, random, asked) ?? -1;
          const floor = Math.min(asked, 24 * HOUR);
          expect(delay).toBeGreaterThanOrEqual(floor);
          expect(delay).toBeLessThanOrEqual(Math.max(floor, longest(attempt) ?? 0));
        },
      ),
    );
  });
});

describe('retryAfter', () => {
  const now = new Date('2026-03-01T10:00:00Z');

  it.each([
    ['120', 120_000],
    ['0', 0],
    ['Sun, 01 Mar 2026 10:00:30 GMT', 30_000],
    ['Sun, 01 Mar 2026 09:00:00 GMT', 0],
    ['soon', 0],
    ['-5', 0],
    ['', 0],
    [undefined, 0],
  ])('takes %j for %d ms', (header, ms) => {
    expect(retryAfter(header, now)).toBe(ms);
  });

  it('is never negative, whatever a receiver sends', () => {
    fc.assert(
      fc.property(fc.string(), (header) => {
        expect(retryAfter(header, now)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
