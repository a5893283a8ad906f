import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '@ocpp-gw/rig/settings';

/** Where what a run compared is kept. */
export const FOLDER = join(ROOT, '.run/data-truth');

/** Leaves each list in a file of its own. */
export async function keepEvidence(lists: Readonly<Record<string, unknown>>): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  for (const [name, list] of Object.entries(lists))
    await writeFile(join(FOLDER, `${name}.json`), JSON.stringify(list, null, 1));
}
