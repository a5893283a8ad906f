import { describe, expect, it } from '@jest/globals';
import { usageBetween, type Sample } from './usage.ts';

const MIB = 1024 * 1024;
const sample = (second: number, pid: number, cpuSeconds: number, mib: number): Sample => ({
  at: second * 1000,
  of: { edge: { pid, cpuSeconds, bytes: mib * MIB } },
});

describe('usageBetween', () => {
  it('counts what lies between, and the slope of memory', () => {
    const samples = Array.from({ length: 61 }, (_, second) => sample(second, 1, second * 0.5, 100 + second / 30));
    const { edge } = usageBetween(samples, 10_000, 40_000);
    expect(edge?.cpuSeconds).toBeCloseTo(15);
    expect(edge?.mib).toBeCloseTo(100 + 40 / 30);
    expect(edge?.mibPerMinute).toBeCloseTo(2);
  });

  it('says no slope of a short time', () => {
    const { edge } = usageBetween([sample(0, 1, 0, 100), sample(5, 1, 1, 200)], 0, 5000);
    expect(edge).toEqual({ cpuSeconds: 1, mib: 200, mibPerMinute: null });
  });

  it('counts a process that was started again from its new beginning', () => {
    const samples = [sample(0, 1, 10, 100), sample(1, 1, 12, 100), sample(2, 2, 3, 50), sample(3, 2, 4, 50)];
    expect(usageBetween(samples, 0, 3000)['edge']?.cpuSeconds).toBe(2 + 3 + 1);
    const longer = [...samples, sample(40, 2, 5, 60)];
    expect(usageBetween(longer, 0, 40_000)['edge']?.mibPerMinute).toBeNull();
    expect(usageBetween(longer, 2000, 40_000)['edge']?.mibPerMinute).not.toBeNull();
  });

  it('counts a process that is away, and has no CPU, as nothing', () => {
    const samples = [sample(0, 1, 10, 100), sample(1, 1, 0, 0), sample(2, 1, 0, 0)];
    expect(usageBetween(samples, 0, 3000)['edge']).toMatchObject({ cpuSeconds: 0, mib: 0 });
  });
});
