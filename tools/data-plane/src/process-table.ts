/** What /proc says about processes. Parsing is apart from reading, so that it is tested without processes. */
import { readdir, readFile, readlink, realpath } from 'node:fs/promises';
import { sep } from 'node:path';

export interface ProcessStat {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly state: string;
  readonly threads: number;
  /** User and system time of all its threads, and of its children that have ended, in hundredths of a second. */
  readonly cpuTicks: number;
  /** Clock ticks since boot; with the boot id it tells a process from a later one that got the same pid. */
  readonly startTicks: number;
}

export interface ProcessIdentity {
  readonly pid: number;
  readonly startTicks: number;
  readonly bootId: string;
}

/** The command name in /proc/<pid>/stat may hold spaces and parentheses: fields count from the last `)`. */
export function parseStat(text: string): ProcessStat {
  const close = text.lastIndexOf(')');
  const fields = text.slice(close + 2).split(' ');
  return {
    pid: Number.parseInt(text, 10),
    state: fields[0] ?? '',
    parent: Number(fields[1]),
    group: Number(fields[2]),
    threads: Number(fields[17]),
    cpuTicks: fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0),
    startTicks: Number(fields[19]),
  };
}

export function parseCommandLine(text: string): string {
  return text.split('\0').filter(Boolean).join(' ');
}

export function findDescendants<Process extends Pick<ProcessStat, 'pid' | 'parent'>>(
  processes: readonly Process[],
  root: number,
): Process[] {
  const found: Process[] = [];
  const queue = [root];
  for (let parent = queue.shift(); parent !== undefined; parent = queue.shift()) {
    for (const process of processes) {
      if (process.parent !== parent) continue;
      found.push(process);
      queue.push(process.pid);
    }
  }
  return found;
}

async function readOrUndefined(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    // The process went away between listing and reading, or belongs to somebody whose processes are hidden.
    return undefined;
  }
}

async function readStat(pid: number): Promise<ProcessStat | undefined> {
  const text = await readOrUndefined(`/proc/${pid}/stat`);
  return text === undefined ? undefined : parseStat(text);
}

export async function readCommandLine(pid: number): Promise<string> {
  const commandLine = parseCommandLine((await readOrUndefined(`/proc/${pid}/cmdline`)) ?? '');
  if (commandLine) return commandLine;
  return (await readOrUndefined(`/proc/${pid}/comm`))?.trim() ?? 'unknown command';
}

export async function listPids(): Promise<number[]> {
  return (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry)).map(Number);
}

export async function listProcesses(): Promise<ProcessStat[]> {
  const stats = await Promise.all((await listPids()).map(readStat));
  return stats.filter((stat) => stat !== undefined);
}

async function bootId(): Promise<string> {
  return (await readOrUndefined('/proc/sys/kernel/random/boot_id'))?.trim() ?? '';
}

export async function identify(pid: number): Promise<ProcessIdentity | undefined> {
  const stat = await readStat(pid);
  return stat && { pid, startTicks: stat.startTicks, bootId: await bootId() };
}

/**
 * A zombie is dead, whoever has to reap it; but a first thread that is a zombie while others are still ending is a
 * process that still holds its ports and locks.
 */
export function hasEnded({ state, threads }: ProcessStat): boolean {
  return state === 'X' || (state === 'Z' && threads <= 1);
}

/** True only for the very process that was identified. */
export async function isAlive(identity: ProcessIdentity): Promise<boolean> {
  const stat = await readStat(identity.pid);
  if (!stat || hasEnded(stat)) return false;
  return stat.startTicks === identity.startTicks && (await bootId()) === identity.bootId;
}

/** Processes whose standard output is a file in this folder, parents before their children. */
export async function findWritersInto(directory: string): Promise<ProcessStat[]> {
  const folder = await realpath(directory).catch(() => directory);
  const writers: ProcessStat[] = [];
  for (const stat of await listProcesses()) {
    const output = await readlink(`/proc/${stat.pid}/fd/1`).catch(() => '');
    if (stat.pid !== process.pid && output.startsWith(folder + sep)) writers.push(stat);
  }
  return writers.sort((a, b) => a.startTicks - b.startTicks || a.pid - b.pid);
}
