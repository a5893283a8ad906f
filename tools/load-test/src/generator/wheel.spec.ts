import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TimerWheel } from './wheel.ts';

describe(TimerWheel.name, () => {
  it('fires every item once, when it is due and not before, whatever the turns', () => {
    const items = fc.array(fc.double({ min: 0, max: 500, noNaN: true }), { maxLength: 40 });
    const turns = fc.array(fc.double({ min: 0, max: 600, noNaN: true }), { maxLength: 20 });
    fc.assert(
      fc.property(items, turns, (dues, times) => {
        // Fewer slots than milliseconds: slots are used by several rounds.
        const wheel = new TimerWheel(dues.length, 0, 64);
        dues.forEach((due, item) => wheel.set(item, due));
        const firedAt = new Map<number, number>();
        let before = 0;
        for (const now of [...times.toSorted((a, b) => a - b), 700]) {
          wheel.turn(now, (item, due) => {
            expect(firedAt.has(item)).toBe(false);
            expect(due).toBe(dues[item]);
            expect(due).toBeLessThanOrEqual(now);
            expect(due).toBeGreaterThan(before === 0 ? -1 : before);
            firedAt.set(item, now);
          });
          before = now;
        }
        expect(firedAt.size).toBe(dues.length);
      }),
    );
  });

  it('forgets what is cleared, and what is set anew', () => {
    const wheel = new TimerWheel(3, 0, 8);
    wheel.set(0, 5);
    wheel.set(1, 5);
    wheel.set(2, 5);
    wheel.clear(1);
    wheel.set(2, 20);
    const fired: number[] = [];
    wheel.turn(10, (item) => fired.push(item));
    expect(fired).toEqual([0]);
    wheel.turn(20, (item) => fired.push(item));
    expect(fired).toEqual([0, 2]);
  });

  it('fires what is due already, with the time that it was due at', () => {
    const wheel = new TimerWheel(1, 100, 8);
    wheel.set(0, 40);
    const fired: number[] = [];
    wheel.turn(101, (_, due) => {
      fired.push(due);
      if (fired.length === 1) wheel.set(0, 50);
    });
    expect(fired).toEqual([40]);
    wheel.turn(101, (_, due) => fired.push(due));
    expect(fired).toEqual([40, 50]);
  });

  it('knows how long nothing can be due', () => {
    const wheel = new TimerWheel(2, 100, 64);
    expect(wheel.quietFor(20)).toBe(20);
    wheel.set(0, 107.9);
    expect(wheel.quietFor(20)).toBe(7);
    wheel.set(1, 50);
    expect(wheel.quietFor(20)).toBe(0);
    wheel.turn(108, () => undefined);
    expect(wheel.quietFor(20)).toBe(20);
  });
});
