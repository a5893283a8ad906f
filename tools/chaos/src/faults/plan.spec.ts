import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TARGETS, planFaults } from './plan.ts';

const options = fc.record({ seed: fc.integer({ min: 0 }), durationMs: fc.integer({ min: 10_000, max: 600_000 }) });

describe('planFaults', () => {
  it('gives the same faults for the same seed, and others for another', () => {
    const plan = planFaults({ seed: 7, durationMs: 60_000 });
    expect(planFaults({ seed: 7, durationMs: 60_000 })).toEqual(plan);
    expect(planFaults({ seed: 8, durationMs: 60_000 })).not.toEqual(plan);
  });

  it('hits every target once before any twice', () => {
    fc.assert(
      fc.property(options, (given) => {
        const hit = planFaults(given).map(({ target }) => target);
        for (let from = 0; from < hit.length; from += TARGETS.length) {
          const round = hit.slice(from, from + TARGETS.length);
          expect(new Set(round).size).toBe(round.length);
        }
      }),
    );
  });

  it('begins after a quiet time and ends before one, in order', () => {
    fc.assert(
      fc.property(options, (given) => {
        const moments = planFaults(given).map(({ atMs }) => atMs);
        expect(moments).toEqual(moments.toSorted((one, other) => one - other));
        expect(moments.every((atMs) => atMs >= 4_000 && atMs < given.durationMs)).toBe(true);
      }),
    );
  });

  it('hits every target in the default two minutes and a half', () => {
    for (let seed = 0; seed < 50; seed += 1)
      expect(new Set(planFaults({ seed, durationMs: 150_000 }).map(({ target }) => target))).toEqual(new Set(TARGETS));
  });

  it('leaves alone what it is not given', () => {
    const plan = planFaults({ seed: 1, durationMs: 60_000, targets: ['redis', 'kafka'] });
    expect(new Set(plan.map(({ target }) => target))).toEqual(new Set(['redis', 'kafka']));
  });
});
