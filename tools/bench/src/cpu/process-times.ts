import { findDescendants, type ProcessStat } from '@ocpp-gw/data-plane';

/** USER_HZ of the kernel's interface, the same on every machine that Node runs on. */
const TICKS_PER_SECOND = 100;

/** Of a process and all that it started: Postgres gives each connection a process of its own. */
export function familySeconds(
  processes: readonly Pick<ProcessStat, 'pid' | 'parent' | 'cpuTicks'>[],
  root: number,
): number {
  const found = processes.find(({ pid }) => pid === root);
  if (!found) return 0;
  const family = [found, ...findDescendants(processes, root)];
  return family.reduce((ticks, { cpuTicks }) => ticks + cpuTicks, 0) / TICKS_PER_SECOND;
}
