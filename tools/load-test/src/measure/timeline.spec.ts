import { describe, expect, it } from '@jest/globals';
import { Interval } from '../generator/tally.ts';
import { Timeline } from './timeline.ts';

function interval(latencies: readonly number[], connected: number, waiting = 0) {
  const one = new Interval();
  one.planned = latencies.length + waiting;
  for (const ms of latencies) one.answer(ms);
  return one.take({ connected, waiting });
}

describe(Timeline.name, () => {
  it('adds what processes did in a second, and takes the last of what they hold', () => {
    const timeline = new Timeline(2);
    expect(timeline.add(0, interval([1, 2, 3], 50, 2))).toBe(false);
    expect(timeline.add(1, interval([100], 40))).toBe(true);
    expect(timeline.close(1, 'steady')).toMatchObject({ planned: 6, answered: 4, connected: 90, waiting: 2, p50: 2 });
    // A process whose second comes late is still connected, and one whose second comes twice is not so twice.
    timeline.add(0, interval([1], 50));
    timeline.add(0, interval([1], 49));
    expect(timeline.close(2, 'steady')).toMatchObject({ answered: 2, connected: 89, waiting: 0 });
    expect(timeline.close(3, 'idle')).toMatchObject({ answered: 0, p50: null, p99: null, connected: 89 });
    expect(timeline.seconds.map(({ at, phase }) => [at, phase])).toEqual([
      [1, 'steady'],
      [2, 'steady'],
      [3, 'idle'],
    ]);
  });
});
