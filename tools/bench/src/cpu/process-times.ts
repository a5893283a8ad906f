/** What /proc says of the CPU that processes have used. Parsing is apart from reading, so that it is tested without processes. */
import { readdir, readFile } from 'node:fs/promises';

/** USER_HZ of the kernel's interface, the same on every machine that Node runs on. */
const TICKS_PER_SECOND = 100;

export interface ProcessTimes {
  pid: number;
  parent: number;
  /** User and system time of all its threads, and of its children that have ended. */
  seconds: number;
}

/** proc(5), /proc/<pid>/stat. The command name may hold spaces and parentheses: fields count from the last `)`. */
export function parseTimes(stat: string): ProcessTimes {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [utime, stime, cutime, cstime] = fields.slice(11, 15).map(Number) as [number, number, number, number];
  return {
    pid: Number.parseInt(stat, 10),
    parent: Number(fields[1]),
    seconds: (utime + stime + cutime + cstime) / TICKS_PER_SECOND,
  };
}

/** Of a process and all that it started: Postgres gives each connection a process of its own. */
export function familySeconds(processes: readonly ProcessTimes[], root: number): number {
  const children = Map.groupBy(processes, ({ parent }) => parent);
  const sum = (one: ProcessTimes): number =>
    (children.get(one.pid) ?? []).reduce((seconds, child) => seconds + sum(child), one.seconds);
  const found = processes.find(({ pid }) => pid === root);
  return found ? sum(found) : 0;
}

export async function readProcessTimes(): Promise<ProcessTimes[]> {
  const pids = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry));
  const stats = await Promise.all(
    // A process may end between the listing and the reading.
    pids.map((pid) => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')),
  );
  return stats.filter(Boolean).map(parseTimes);
}
