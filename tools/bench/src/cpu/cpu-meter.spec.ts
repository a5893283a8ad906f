import { describe, expect, it } from '@jest/globals';
import { idleOf, perMessage, spentBy } from './cpu-meter.ts';

describe('spentBy', () => {
  it('hands on what the work returns, with what each process spent on it', async () => {
    const { result, spent, seconds } = await spentBy({ here: process.pid, gone: 0 }, async () => {
      for (const since = process.cpuUsage(); process.cpuUsage(since).user < 60_000;);
      return 'done';
    });
    expect(result).toBe('done');
    expect(seconds).toBeGreaterThan(0.05);
    expect(spent['here']).toBeGreaterThan(0.02);
    expect(spent['gone']).toBe(0);
  });
});

describe('idleOf', () => {
  it('is that of the quietest slice', async () => {
    // All of the first slice is work, none of the others.
    setTimeout(() => {
      for (const until = performance.now() + 150; performance.now() < until;);
    });
    const { here } = await idleOf({ here: process.pid }, 3, 100);
    expect(here).toBeLessThan(0.75);
  });
});

describe('perMessage', () => {
  it('is in microseconds, and leaves out what the process burns anyway', () => {
    expect(perMessage(3, 10, 0.1, 1000)).toBeCloseTo(2000);
  });

  it('is never less than nothing', () => {
    expect(perMessage(0.01, 10, 0.1, 1000)).toBe(0);
  });
});
