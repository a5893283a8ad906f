import { setTimeout as sleep } from 'node:timers/promises';
import { listProcesses } from '@ocpp-gw/data-plane';
import { familySeconds } from './process-times.ts';

/** Process ids by the name they go by in the report. */
export type Watched = Readonly<Record<string, number>>;
/** Seconds of CPU, by the same names. */
export type Spent = Readonly<Record<string, number>>;

async function read(watched: Watched): Promise<Spent> {
  const processes = await listProcesses();
  return Object.fromEntries(Object.entries(watched).map(([name, pid]) => [name, familySeconds(processes, pid)]));
}

/** All that a process has spent since it began, with what it started. */
export async function secondsOf(pid: number): Promise<number> {
  return familySeconds(await listProcesses(), pid);
}

/** What each process spends while `work` runs. */
export async function spentBy<T>(
  watched: Watched,
  work: () => Promise<T>,
): Promise<{ result: T; spent: Spent; seconds: number }> {
  const before = await read(watched);
  const startedAt = performance.now();
  const result = await work();
  const seconds = (performance.now() - startedAt) / 1000;
  const after = await read(watched);
  const spent = Object.fromEntries(Object.entries(after).map(([name, total]) => [name, total - (before[name] ?? 0)]));
  return { result, spent, seconds };
}

/** What each process burns a second with nothing to do: the quietest second of several, as compilers and caches settle late. */
export async function idleOf(watched: Watched, slices: number, sliceMs = 1000): Promise<Spent> {
  const seen: Spent[] = [];
  for (let n = 0; n < slices; n += 1) {
    const { spent, seconds } = await spentBy(watched, () => sleep(sliceMs));
    seen.push(Object.fromEntries(Object.entries(spent).map(([name, total]) => [name, total / seconds])));
  }
  return Object.fromEntries(
    Object.keys(watched).map((name) => [name, Math.min(...seen.map((spent) => spent[name] ?? 0))]),
  );
}

/** Microseconds a message, less what the process burns anyway. Never below nothing: the ticks are 10 ms. */
export function perMessage(spent: number, seconds: number, idlePerSecond: number, messages: number): number {
  return Math.max(0, ((spent - idlePerSecond * seconds) / messages) * 1e6);
}
