import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Paths of the files and links below a folder, from there. No link is followed: in the file system of an image it may
 * lead out of it. (`readdir` with `recursive` and `withFileTypes` does follow them.)
 * @param without folders of this name are not entered
 */
export function filesBelow(folder: string, without?: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (!entry.isDirectory()) return [entry.name];
    if (entry.name === without) return [];
    return filesBelow(join(folder, entry.name), without).map((path) => join(entry.name, path));
  });
}
