import { cp, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import type { Patch } from './breakages.ts';

const REPOSITORY = resolve(import.meta.dirname, '../../../..');

const SCOPE = '@ocpp-gw';
const LEFT_OUT = new Set(['src', 'node_modules', 'coverage', 'test-results']);

/** What was built, copied aside: a build in the meantime changes nothing, and a copy may be broken on purpose. */
export interface FrozenBuild {
  /** Of a file of the repository, the path in the copy. */
  path(file: string): string;
  remove(): Promise<void>;
}

/** @throws Error when a patch does not fit what was built */
export async function freezeBuild(patches: readonly Patch[] = []): Promise<FrozenBuild> {
  const directory = await mkdtemp(join(tmpdir(), 'ocpp-gw-chaos-'));
  const remove = (): Promise<void> => rm(directory, { recursive: true, force: true });
  try {
    await copyProjects(directory);
    await linkPackages(directory);
    for (const patch of patches) await apply(patch, join(directory, patch.file));
  } catch (error) {
    await remove();
    throw error;
  }
  return { path: (file) => join(directory, file), remove };
}

async function copyProjects(directory: string): Promise<void> {
  await cp(join(REPOSITORY, 'proto'), join(directory, 'proto'), { recursive: true });
  for (const folder of ['apps', 'libs']) {
    for (const project of await readdir(join(REPOSITORY, folder))) {
      const from = join(REPOSITORY, folder, project);
      const to = join(directory, folder, project);
      await cp(from, to, {
        recursive: true,
        filter: (path) => resolve(path, '..') !== from || !LEFT_OUT.has(basename(path)),
      });
      // Dangles where npm put nothing beside the project.
      await symlink(join(from, 'node_modules'), join(to, 'node_modules'));
    }
  }
}

/** Our own packages resolve to the copies, everybody else's to the repository's. */
async function linkPackages(directory: string): Promise<void> {
  const packages = join(directory, 'node_modules');
  await mkdir(join(packages, SCOPE), { recursive: true });
  for (const name of await readdir(join(REPOSITORY, 'node_modules')))
    if (name !== SCOPE) await symlink(join(REPOSITORY, 'node_modules', name), join(packages, name));
  for (const lib of await readdir(join(directory, 'libs')))
    await symlink(join(directory, 'libs', lib), join(packages, SCOPE, lib));
}

async function apply({ file, find, replacement }: Patch, path: string): Promise<void> {
  const text = await readFile(path, 'utf8');
  if (!text.includes(find)) throw new Error(`the breakage does not fit ${file}: it has no ${JSON.stringify(find)}`);
  await writeFile(
    path,
    text.replace(find, () => replacement),
  );
}
