import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Difference } from './books/facts.ts';
import type { Service } from './gateway/service.ts';

/** Leaves all differences, and the end of what each service wrote, in a folder. */
export async function keepEvidence(differences: readonly Difference[], services: readonly Service[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ocpp-gw-chaos-evidence-'));
  await writeFile(join(folder, 'differences.json'), JSON.stringify(differences, null, 2));
  for (const { name, log } of services) await writeFile(join(folder, `${name}.log`), log);
  return folder;
}
