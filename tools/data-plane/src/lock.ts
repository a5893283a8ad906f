import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { identify, isAlive, type ProcessIdentity } from './process-table.ts';

const POLL_MS = 200;
let sequence = 0;

/**
 * Runs `work` while no other process (and no other caller in this one) holds `path`. A lock whose process died is
 * taken over. Made by link(2), so that the file never exists without its content.
 */
export async function withLock<T>(path: string, onWait: (holder: number) => void, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  const own = `${path}.${process.pid}.${sequence++}`;
  await writeFile(own, JSON.stringify(await identify(process.pid)));
  try {
    let announced = false;
    while (!(await tryLink(own, path))) {
      const holder = await readHolder(path);
      if (holder && !(await isAlive(holder))) {
        await discardStale(path, `${own}.stale`);
        continue;
      }
      if (holder && !announced) onWait(holder.pid);
      announced = holder !== undefined;
      await sleep(POLL_MS);
    }
    // The lock is a second name of the same file: a killed holder leaves that one alone behind.
    await rm(own);
    try {
      return await work();
    } finally {
      await rm(path, { force: true });
    }
  } finally {
    await rm(own, { force: true });
  }
}

async function tryLink(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function readHolder(path: string): Promise<ProcessIdentity | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as ProcessIdentity;
  } catch {
    // Released between the attempt to link and now: try again.
    return undefined;
  }
}

/** Moves the stale lock aside; puts it back if somebody living took it over in between. */
async function discardStale(path: string, aside: string): Promise<void> {
  await rename(path, aside).catch(() => undefined);
  const moved = await readHolder(aside);
  if (moved && (await isAlive(moved))) await tryLink(aside, path);
  await rm(aside, { force: true });
}
