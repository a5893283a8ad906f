import { spawn } from 'node:child_process';
import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Launch } from './engine.ts';
import {
  findDescendants,
  findWritersInto,
  identify,
  isAlive,
  listProcesses,
  type ProcessIdentity,
} from './process-table.ts';

export interface RunningProcess extends ProcessIdentity {
  readonly port: number;
}

/** How long a process may take to close its files before it is killed. */
const GRACE_MS = 15_000;
const KILLED_MS = 15_000;
const POLL_MS = 50;

function pidFile(directory: string): string {
  return join(directory, 'process.json');
}

/** The process that the pid file names, if it is still that process. */
export async function findRunning(directory: string): Promise<RunningProcess | undefined> {
  let recorded: RunningProcess;
  try {
    recorded = JSON.parse(await readFile(pidFile(directory), 'utf8')) as RunningProcess;
  } catch {
    // No pid file, or one cut short by a crash: nothing that may safely be signalled.
    return undefined;
  }
  return (await isAlive(recorded)) ? recorded : undefined;
}

/** Starts a process in a group of its own, its output in `logFile`; it outlives this process. */
export async function launch(
  launch: Launch,
  directory: string,
  logFile: string,
  port: number,
): Promise<RunningProcess> {
  await rename(logFile, `${logFile}.previous`).catch(() => undefined);
  const log = await open(logFile, 'w');
  try {
    const child = spawn(launch.file, launch.args, {
      cwd: '/',
      detached: true,
      env: { ...inheritedEnvironment(), ...launch.env },
      stdio: ['ignore', log.fd, log.fd],
      ...(launch.account && { uid: launch.account.uid, gid: launch.account.gid }),
    });
    await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject));
    child.unref();
    const identity = child.pid === undefined ? undefined : await identify(child.pid);
    if (!identity) throw new Error(`it ended instead of starting; ${await describeLog(logFile)}`);
    const running = { ...identity, port };
    await writeFile(pidFile(directory), JSON.stringify(running));
    return running;
  } finally {
    await log.close();
  }
}

/** Runs a process to its end, `input` as its standard input; rejects with its output when it fails. */
export async function run(launch: Launch, logFile: string, input = ''): Promise<void> {
  await mkdir(dirname(logFile), { recursive: true });
  const log = await open(logFile, 'a');
  try {
    const child = spawn(launch.file, launch.args, {
      cwd: '/',
      env: { ...inheritedEnvironment(), ...launch.env },
      stdio: ['pipe', log.fd, log.fd],
      ...(launch.account && { uid: launch.account.uid, gid: launch.account.gid }),
    });
    // A process that ends without reading its input is judged by its exit code.
    child.stdin?.on('error', () => undefined).end(input);
    const [code, signal] = await new Promise<[number | null, string | null]>((resolve, reject) =>
      child.once('error', reject).once('exit', (...end) => resolve(end)),
    );
    if (code !== 0) {
      throw new Error(`${launch.file} ended with ${signal ?? `exit code ${code}`}; ${await describeLog(logFile)}`);
    }
  } finally {
    await log.close();
  }
}

/** Engines get what finds libraries and temporary folders, not the caller's settings (NODE_OPTIONS, PGDATA, KAFKA_OPTS...). */
function inheritedEnvironment(): Record<string, string> {
  const inherited: Record<string, string> = {};
  for (const name of ['PATH', 'HOME', 'TMPDIR', 'TZ', 'LD_LIBRARY_PATH', 'JAVA_HOME', 'MAVEN_OPTS', 'MAVEN_ARGS']) {
    const value = process.env[name];
    if (value !== undefined) inherited[name] = value;
  }
  return inherited;
}

/**
 * Ends the engine's process and all that it started. Descendants are looked up as well as the group, because Postgres
 * gives each of its backends a group of its own. Also ends strays, which write into the folder without being recorded:
 * an engine or a tool whose starter was killed before it could. The pid file goes last: until then a second attempt
 * finds the rest. Returns whether there was anything to end.
 */
export async function stopProcess(directory: string, signal: NodeJS.Signals): Promise<boolean> {
  const roots = await findRoots(directory);
  const family = await familyOf(roots);
  if (signal !== 'SIGKILL') {
    for (const { pid } of roots) send(pid, signal);
    if (!(await waitUntilGone(family, GRACE_MS))) family.push(...(await familyOf(roots)));
  }
  for (const member of family) {
    if (await isAlive(member)) send(member.pid, 'SIGKILL');
  }
  if (!(await waitUntilGone(family, KILLED_MS))) {
    const pids = family.map(({ pid }) => pid).join(' ');
    throw new Error(`a process is still there after SIGKILL: look for it with ps -fp ${pids}`);
  }
  await rm(pidFile(directory), { force: true });
  return roots.length > 0;
}

async function findRoots(directory: string): Promise<ProcessIdentity[]> {
  const running = await findRunning(directory);
  const writers = await findWritersInto(directory);
  const known = new Set(running ? (await familyOf([running])).map(({ pid }) => pid) : []);
  const parents = new Set(writers.map(({ pid }) => pid));
  const strays = writers.filter(({ pid, parent }) => !known.has(pid) && !parents.has(parent));
  const identities = await Promise.all(strays.map(({ pid }) => identify(pid)));
  return [...(running ? [running] : []), ...identities.filter((identity) => identity !== undefined)];
}

async function familyOf(roots: readonly ProcessIdentity[]): Promise<ProcessIdentity[]> {
  const processes = await listProcesses();
  const members = new Map<number, ProcessIdentity>(roots.map((root) => [root.pid, root]));
  for (const root of roots) {
    const group = processes.filter((process) => process.group === root.pid);
    for (const { pid, startTicks } of [...findDescendants(processes, root.pid), ...group]) {
      if (!members.has(pid)) members.set(pid, { pid, startTicks, bootId: root.bootId });
    }
  }
  return [...members.values()];
}

async function waitUntilGone(family: readonly ProcessIdentity[], deadlineMs: number): Promise<boolean> {
  const deadline = Date.now() + deadlineMs;
  for (;;) {
    const alive = await Promise.all(family.map(isAlive));
    if (!alive.includes(true)) return true;
    if (Date.now() > deadline) return false;
    await sleep(POLL_MS);
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** The end of a log, as part of an error message. */
export async function describeLog(logFile: string, lines = 15): Promise<string> {
  const text = await readFile(logFile, 'utf8').catch(() => '');
  const tail = text.trimEnd().split('\n').slice(-lines).join('\n  ');
  return tail ? `the end of ${logFile}:\n  ${tail}` : `${logFile} is empty`;
}
