import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Fills a folder aside and renames it into place, so that a folder that exists is complete. Each attempt has a name of
 * its own: the tools of one that was killed may still be at work. The caller holds a lock, so what is left of others
 * is rubbish.
 */
export async function buildFolder(target: string, fill: (partial: string) => Promise<void>): Promise<void> {
  const parent = dirname(target);
  const prefix = `${basename(target)}.partial-`;
  for (const entry of await readdir(parent)) {
    if (entry.startsWith(prefix)) await rm(join(parent, entry), { recursive: true, force: true, maxRetries: 5 });
  }
  const partial = join(parent, prefix + randomBytes(4).toString('hex'));
  await mkdir(partial, { mode: 0o755 });
  await fill(partial);
  await rename(partial, target);
}
