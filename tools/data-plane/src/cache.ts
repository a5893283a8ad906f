import { access } from 'node:fs/promises';
import { join } from 'node:path';

import { buildFolder } from './folder-building.ts';
import { withHeartbeat } from './heartbeat.ts';
import { withLock } from './lock.ts';
import { CACHE, makeWritable } from './state.ts';

export interface CachedThing {
  /** Folder name in the cache; changes with the versions, so that an upgrade fetches anew. */
  readonly key: string;
  readonly title: string;
}

export function cachedFolder({ key }: CachedThing): string {
  return join(CACHE, key);
}

export async function isCached(thing: CachedThing): Promise<boolean> {
  return access(cachedFolder(thing)).then(
    () => true,
    () => false,
  );
}

/**
 * The folder of `thing`, filled by `fill` the first time. Only one process fills it; the others wait.
 * @param step what is reported while it is filled
 */
export async function fillOnce(
  thing: CachedThing,
  step: string,
  report: (message: string) => void,
  fill: (partial: string) => Promise<void>,
): Promise<string> {
  const folder = cachedFolder(thing);
  if (await isCached(thing)) return folder;
  await makeWritable(CACHE, 'point EVEYS_OCPP_DATA_PLANE_CACHE at a folder of your own');
  const waiting = (holder: number): void => report(`waiting for process ${holder}, which is fetching ${thing.title}`);
  return withLock(`${folder}.lock`, waiting, async () => {
    if (!(await isCached(thing))) await withHeartbeat(report, step, () => buildFolder(folder, fill));
    return folder;
  });
}
