import { describe, expect, it } from '@jest/globals';
import { listProcesses } from '@ocpp-gw/data-plane';
import { familySeconds } from './process-times.ts';

describe('familySeconds', () => {
  const processes = [
    { pid: 1, parent: 0, cpuTicks: 10_000 },
    { pid: 10, parent: 1, cpuTicks: 100 },
    { pid: 11, parent: 10, cpuTicks: 200 },
    { pid: 12, parent: 11, cpuTicks: 400 },
    { pid: 20, parent: 1, cpuTicks: 800 },
  ];

  it('counts a process and all below it', () => {
    expect(familySeconds(processes, 10)).toBe(7);
  });

  it('counts nothing for a process that is gone', () => {
    expect(familySeconds(processes, 99)).toBe(0);
  });

  it('sees this process work', async () => {
    const before = familySeconds(await listProcesses(), process.pid);
    for (const since = process.cpuUsage(); process.cpuUsage(since).user < 60_000;);
    expect(familySeconds(await listProcesses(), process.pid)).toBeGreaterThan(before);
  });
});
