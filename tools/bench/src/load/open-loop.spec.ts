import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { planOpenLoop } from './open-loop.ts';

describe('planOpenLoop', () => {
  it('spreads the messages of all chargers evenly over the time', () => {
    const { dueMs } = planOpenLoop({ chargers: 2, perSecond: 100, seconds: 5, perUnit: 17 });
    expect([dueMs(0, 0), dueMs(1, 0), dueMs(0, 1), dueMs(1, 1)]).toEqual([0, 10, 20, 30]);
  });

  it('does at least one whole unit', () => {
    expect(planOpenLoop({ chargers: 1000, perSecond: 1, seconds: 1, perUnit: 17 }).unitsPerCharger).toBe(1);
  });

  it('takes about the time asked for whenever that is long enough for a few units', () => {
    const loop = fc.record({
      chargers: fc.integer({ min: 1, max: 50 }),
      perSecond: fc.integer({ min: 500, max: 5000 }),
      seconds: fc.integer({ min: 4, max: 10 }),
      perUnit: fc.integer({ min: 1, max: 20 }),
    });
    fc.assert(
      fc.property(loop, (one) => {
        const { unitsPerCharger } = planOpenLoop(one);
        const seconds = (unitsPerCharger * one.chargers * one.perUnit) / one.perSecond;
        expect(Math.abs(seconds - one.seconds)).toBeLessThanOrEqual((one.chargers * one.perUnit) / one.perSecond);
      }),
    );
  });
});
