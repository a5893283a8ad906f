import { describe, expect, it } from '@jest/globals';

import {
  findDescendants,
  hasEnded,
  identify,
  isAlive,
  parseCommandLine,
  parseStat,
  readCommandLine,
  type ProcessStat,
} from './process-table.ts';

function stat(pid: number, parent: number, overrides: Partial<ProcessStat> = {}): ProcessStat {
  return { pid, parent, group: pid, state: 'S', threads: 1, cpuTicks: 0, startTicks: 1, ...overrides };
}

describe('parseStat', () => {
  it('counts fields from the last parenthesis of the command name', () => {
    const tail = 'S 7 99 99 0 -1 4194560 1 0 0 0 250 50 30 20 20 0 12 0 123456 0 0';
    expect(parseStat(`42 (a (b) c) ${tail}`)).toEqual({
      pid: 42,
      parent: 7,
      group: 99,
      state: 'S',
      threads: 12,
      cpuTicks: 350,
      startTicks: 123456,
    });
  });
});

describe('parseCommandLine', () => {
  it('joins the arguments with spaces', () => {
    expect(parseCommandLine('redis-server\0*:6379\0')).toBe('redis-server *:6379');
  });
});

describe('findDescendants', () => {
  it('follows children over any number of generations', () => {
    const table = [stat(2, 1), stat(3, 2), stat(4, 3), stat(5, 1)];
    expect(findDescendants(table, 2).map(({ pid }) => pid)).toEqual([3, 4]);
  });
});

describe('hasEnded', () => {
  it('holds for a zombie, and not for a zombie whose threads are still ending', () => {
    expect(hasEnded(stat(1, 0, { state: 'Z' }))).toBe(true);
    expect(hasEnded(stat(1, 0, { state: 'Z', threads: 3 }))).toBe(false);
    expect(hasEnded(stat(1, 0))).toBe(false);
  });
});

describe('isAlive', () => {
  it('holds for this very process only, not for another one with its pid', async () => {
    const identity = await identify(process.pid);
    expect(identity).toBeDefined();
    if (!identity) return;
    expect(await isAlive(identity)).toBe(true);
    expect(await isAlive({ ...identity, startTicks: identity.startTicks + 1 })).toBe(false);
    expect(await isAlive({ ...identity, bootId: 'another boot' })).toBe(false);
  });

  it('does not hold for a pid that nobody has', async () => {
    expect(await isAlive({ pid: 2 ** 22 + 1, startTicks: 1, bootId: '' })).toBe(false);
    expect(await readCommandLine(2 ** 22 + 1)).toBe('unknown command');
  });
});
