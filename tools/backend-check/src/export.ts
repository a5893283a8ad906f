import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@ocpp-gw/rig/settings';
import { format, resolveConfig } from 'prettier';
import { CONTRACT_FOLDER, contractFiles } from './contract-files.ts';

/**
 * Writes the schemas and examples of the backend contract.
 * @returns with `check`: the files that are not what the code declares; nothing is written then
 */
export async function exportContract({ check }: { check: boolean }): Promise<string[]> {
  const folder = join(ROOT, CONTRACT_FOLDER);
  const files = contractFiles();
  const stale: string[] = [];
  for (const [name, content] of files) {
    const file = join(folder, name);
    const text = await format(JSON.stringify(content), { ...(await resolveConfig(file)), parser: 'json' });
    if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
    stale.push(name);
    if (check) continue;
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, text);
  }
  const known = existsSync(folder) ? readdirSync(folder) : [];
  for (const name of known.filter((each) => !files.has(each))) {
    stale.push(name);
    if (!check) rmSync(join(folder, name));
  }
  return stale;
}
