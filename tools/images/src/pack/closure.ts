import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { ONLY_TO_BUILD, STANDALONE } from '../apps.ts';
import { needsOf, readManifest, type Manifest } from './manifest.ts';

export interface Package {
  /** From the root of the repository: libs/redis, node_modules/ws, node_modules/a/node_modules/b. */
  path: string;
  manifest: Manifest;
  ours: boolean;
  /** Paths of the packages that it finds when it runs. */
  needs: readonly string[];
}

/**
 * The project and what it needs when it runs, as node resolves it. npm's own `--omit=dev` keeps what a workspace needs
 * for its tests, since all workspaces are dependencies of the root.
 * @throws Error naming a dependency that is not installed
 */
export function productionClosure(root: string, project: string): Package[] {
  const found = new Map<string, Package>();
  const visit = (folder: string): void => {
    const path = relative(root, folder);
    if (found.has(path)) return;
    const manifest = readManifest(folder);
    const needed = neededFolders(root, folder, manifest);
    found.set(path, {
      ...{ path, manifest, ours: !path.split('/').includes('node_modules') },
      needs: needed.map((each) => relative(root, each)).toSorted(),
    });
    needed.forEach(visit);
  };
  visit(realpathSync(join(root, project)));
  return [...found.values()].toSorted((one, other) => (one.path < other.path ? -1 : 1));
}

function neededFolders(root: string, folder: string, manifest: Manifest): string[] {
  if (STANDALONE[manifest.name]) return [];
  const { required, optional } = needsOf(manifest);
  return [...required, ...optional].flatMap((name) => {
    if (ONLY_TO_BUILD.has(name)) return [];
    const dependency = resolvePackage(root, folder, name);
    if (!dependency && required.includes(name))
      throw new Error(`${manifest.name} needs ${name}, which is not installed`);
    return dependency ?? [];
  });
}

function resolvePackage(root: string, from: string, name: string): string | undefined {
  const candidate = join(from, 'node_modules', name);
  if (existsSync(join(candidate, 'package.json'))) return realpathSync(candidate);
  return from === root ? undefined : resolvePackage(root, dirname(from), name);
}
