/** An instance is a folder with one folder an engine; throw-away instances also say who owns them. */
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { ENGINE_NAMES, type EngineName } from './engine.ts';
import { ENGINES } from './engines/catalogue.ts';
import { withLock } from './lock.ts';
import { identify, isAlive, type ProcessIdentity } from './process-table.ts';
import { stopProcess } from './process.ts';
import { DEFAULT_STATE, engineDirectory } from './state.ts';

function ownerFile(directory: string): string {
  return join(directory, 'owner.json');
}

/** Marks the instance as this process's: whoever finds it after this process died may remove it. */
export async function claim(directory: string): Promise<void> {
  await writeFile(ownerFile(directory), JSON.stringify(await identify(process.pid)));
}

async function isOrphan(directory: string): Promise<boolean> {
  try {
    const owner = JSON.parse(await readFile(ownerFile(directory), 'utf8')) as ProcessIdentity;
    return !(await isAlive(owner));
  } catch {
    // Durable instances have no owner.
    return false;
  }
}

export async function listInstances(state: string | undefined): Promise<string[]> {
  const folder = resolve(state ?? DEFAULT_STATE);
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory() && entry.name !== 'cache').map(({ name }) => join(folder, name));
}

/** One start or stop of an instance at a time. */
export async function withInstanceLock<T>(
  directory: string,
  onWait: (holder: number) => void,
  work: () => Promise<T>,
): Promise<T> {
  return withLock(`${directory}.lock`, onWait, work);
}

/** Returns the engines that were running. All are tried, even when one can't be stopped. */
export async function stopEngines(
  directory: string,
  only: readonly EngineName[] = ENGINE_NAMES,
): Promise<EngineName[]> {
  const outcomes = await Promise.allSettled(
    only.map(async (name) =>
      (await stopProcess(engineDirectory(directory, name), ENGINES[name].stopSignal)) ? [name] : [],
    ),
  );
  const faults = outcomes.flatMap((outcome, index) =>
    outcome.status === 'rejected' ? [`${only[index]}: ${(outcome.reason as Error).message}`] : [],
  );
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value : []));
}

export async function removeInstance(directory: string): Promise<void> {
  await stopEngines(directory);
  for (const name of ENGINE_NAMES) await ENGINES[name].dispose?.(engineDirectory(directory, name));
  await rm(directory, { recursive: true, force: true });
}

/** Throw-away instances whose owner was killed before it could stop them. */
export async function removeOrphans(state: string | undefined): Promise<void> {
  for (const directory of await listInstances(state)) {
    if (!(await isOrphan(directory))) continue;
    await withInstanceLock(
      directory,
      () => undefined,
      () => removeInstance(directory),
    );
  }
}

/** `down`: a throw-away instance goes with its data, a durable one keeps it. */
export async function stopInstance(directory: string, only: readonly EngineName[]): Promise<EngineName[]> {
  return withInstanceLock(
    directory,
    () => undefined,
    async () => {
      const stopped = await stopEngines(directory, only);
      if (await isOrphan(directory)) await removeInstance(directory);
      return stopped;
    },
  );
}
