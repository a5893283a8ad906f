import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { comesBackAfter, connectsAt, endsAt, gap, meanGap } from './schedule.ts';

describe('the plan of an open loop', () => {
  it('offers the rate, however many chargers share it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 1, max: 5000 }), (chargers, perSecond) => {
        const mean = meanGap({ perSecond }, chargers) ?? NaN;
        expect((chargers * 1000) / mean).toBeCloseTo(perSecond);
        const shares = [0, 0.25, 0.5, 0.75, 1];
        const gaps = shares.map((share) => gap(mean, share));
        expect(gaps.reduce((sum, one) => sum + one, 0) / gaps.length).toBeCloseTo(mean);
        expect(Math.min(...gaps)).toBeGreaterThan(0);
      }),
    );
  });

  it('is silent without a rate', () => {
    expect(meanGap({ perSecond: 0 }, 10)).toBeUndefined();
  });

  it('lets a thousand chargers connect a second, and come back as one crowd', () => {
    expect(connectsAt(2500)).toBe(2500);
    expect(comesBackAfter(10_000, 0.5)).toBe(5000);
  });

  it('ends transactions within the phase', () => {
    expect([0, 50, 99].map((index) => endsAt({ seconds: 10 }, 100, index))).toEqual([0, 5000, 9900]);
  });
});
