import { access, constants, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import type { EngineName } from './engine.ts';

const REPOSITORY = resolve(import.meta.dirname, '../../..');

/** Downloads, shared by all instances of all state folders. */
export const CACHE = process.env['EVEYS_OCPP_DATA_PLANE_CACHE'] ?? join(REPOSITORY, '.data-plane', 'cache');

export const DEFAULT_STATE = join(REPOSITORY, '.data-plane');

function checkName(name: string): void {
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(name)) {
    throw new Error(
      `a data plane's name is 1 to 63 lower-case letters, digits and dashes, not ${JSON.stringify(name)}`,
    );
  }
  if (name === 'cache') throw new Error('the name cache is taken by the downloads: choose another one');
}

export function instanceDirectory(state: string | undefined, name: string): string {
  checkName(name);
  return join(resolve(state ?? DEFAULT_STATE), name);
}

export function engineDirectory(instance: string, engine: EngineName): string {
  return join(instance, engine);
}

export function engineLog(instance: string, engine: EngineName): string {
  return join(engineDirectory(instance, engine), `${engine}.log`);
}

export async function makeWritable(directory: string, remedy: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true });
    await access(directory, constants.W_OK);
  } catch (error) {
    throw new Error(`can't write to ${directory} (${(error as NodeJS.ErrnoException).code}): ${remedy}`, {
      cause: error,
    });
  }
}
