import { describe, expect, it } from '@jest/globals';
import { familySeconds, parseTimes, readProcessTimes } from './process-times.ts';

const stat = (name: string): string =>
  `812 (${name}) S 17 812 812 0 -1 4194560 100 0 0 0 250 50 30 20 20 0 1 0 4711 9 9`;

describe('parseTimes', () => {
  it('adds user and system time, and that of children that have ended', () => {
    expect(parseTimes(stat('node'))).toEqual({ pid: 812, parent: 17, seconds: 3.5 });
  });

  it('is not led astray by a name with spaces and parentheses', () => {
    expect(parseTimes(stat('x) R 1 (y'))).toEqual(parseTimes(stat('node')));
  });
});

describe('familySeconds', () => {
  const processes = [
    { pid: 1, parent: 0, seconds: 100 },
    { pid: 10, parent: 1, seconds: 1 },
    { pid: 11, parent: 10, seconds: 2 },
    { pid: 12, parent: 11, seconds: 4 },
    { pid: 20, parent: 1, seconds: 8 },
  ];

  it('counts a process and all below it', () => {
    expect(familySeconds(processes, 10)).toBe(7);
  });

  it('counts nothing for a process that is gone', () => {
    expect(familySeconds(processes, 99)).toBe(0);
  });
});

describe('readProcessTimes', () => {
  it('finds this process, and sees it work', async () => {
    const before = familySeconds(await readProcessTimes(), process.pid);
    for (const until = performance.now() + 60; performance.now() < until;);
    expect(familySeconds(await readProcessTimes(), process.pid)).toBeGreaterThan(before);
  });
});
