import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { CACHE } from '@ocpp-gw/data-plane';
import { output } from '../run.ts';
import { ACCOUNTS, BASE_PACKAGES, basePaths } from './packages.ts';

/** The Debian of the default images. */
const SUITE = 'trixie';
const NPM = '11';
/** In the root file system of a merged Debian. */
const MERGED = ['lib', 'lib64'];

type Report = (message: string) => void;

export interface BuildImages {
  base: string;
  builder: string;
}

/**
 * Stand-ins for the two images that docker/Dockerfile starts from, for a machine that cannot pull any: Debian's packages
 * put together in the same way. The Debian system is kept in the cache folder, the images in podman's storage.
 */
export async function localImages(report: Report): Promise<BuildImages> {
  const base = `localhost/ocpp-gw/base:${SUITE}`;
  const builder = `localhost/ocpp-gw/builder:${SUITE}-node${process.versions.node}`;
  if (!(await imageExists(base))) await importBase(await debian(report), base, report);
  if (!(await imageExists(builder))) await importBuilder(await debian(report), builder, report);
  return { base, builder };
}

async function imageExists(name: string): Promise<boolean> {
  return output('podman', ['image', 'exists', name]).then(
    () => true,
    () => false,
  );
}

/** A minimal Debian system with CA certificates, made once. */
async function debian(report: Report): Promise<string> {
  const folder = resolve(CACHE, 'images', SUITE);
  if (existsSync(folder)) return folder;
  if (process.getuid?.() !== 0)
    throw new Error('debootstrap needs root. Use --base and --builder with images that you have');
  report(`debootstrap makes a Debian ${SUITE}, once; this takes minutes`);
  await mkdir(dirname(folder), { recursive: true });
  const partial = await mkdtemp(`${folder}.partial-`);
  const include = `--include=ca-certificates,${BASE_PACKAGES.join(',')}`;
  await output('debootstrap', ['--variant=minbase', include, SUITE, partial]);
  await chmod(partial, 0o755);
  await rename(partial, folder);
  return folder;
}

async function importBase(system: string, name: string, report: Report): Promise<void> {
  report(`making ${name}`);
  await inFolder(async (root) => {
    for (const link of MERGED) {
      await mkdir(join(root, 'usr', link), { recursive: true });
      await symlink(`usr/${link}`, join(root, link));
    }
    const lists = await Promise.all(BASE_PACKAGES.map((name) => dpkgList(system, name)));
    const list = join(root, 'files');
    const paths = [...basePaths(lists), '/etc/ssl/certs/ca-certificates.crt'];
    await writeFile(list, paths.map((path) => `.${path}\n`).join(''));
    const packed = join(root, 'packed.tar');
    await output('tar', ['--create', '--file', packed, '--directory', system, '--no-recursion', '--files-from', list]);
    await output('tar', ['--extract', '--file', packed, '--directory', root, '--keep-directory-symlink']);
    await Promise.all([rm(list), rm(packed)]);
    for (const [file, content] of Object.entries(ACCOUNTS)) await writeFile(join(root, file), content);
    await podmanImport(root, name, []);
  });
}

async function dpkgList(system: string, name: string): Promise<string> {
  const info = join(system, 'var/lib/dpkg/info');
  const [file = name] = (await output('find', [info, '-name', `${name}.list`, '-o', '-name', `${name}:*.list`])).split(
    '\n',
  );
  return readFile(file, 'utf8');
}

/** The Debian system with the node that runs this, and npm. */
async function importBuilder(system: string, name: string, report: Report): Promise<void> {
  report(`making ${name}`);
  await inFolder(async (root) => {
    await output('cp', ['--archive', `${system}/.`, root]);
    const local = join(root, 'usr/local');
    await copyFile(process.execPath, join(local, 'bin/node'));
    await copyFile(join(dirname(process.execPath), '../LICENSE'), join(local, 'LICENSE'));
    await output('npm', ['install', '--global', '--no-audit', '--no-fund', '--prefix', local, `npm@${NPM}`]);
    await podmanImport(root, name, ['ENV PATH=/usr/local/bin:/usr/bin:/bin', ...(await trustOfHere(root))]);
  });
}

/** A machine behind a proxy that signs for others tells node whom to trust. npm needs it in the builder; no image gets it. */
async function trustOfHere(root: string): Promise<string[]> {
  const certificates = process.env['NODE_EXTRA_CA_CERTS'];
  if (!certificates) return [];
  await copyFile(certificates, join(root, 'etc/ssl/more-certificates.pem'));
  return ['ENV NODE_EXTRA_CA_CERTS=/etc/ssl/more-certificates.pem'];
}

async function podmanImport(root: string, name: string, changes: readonly string[]): Promise<void> {
  const packed = `${root}.tar`;
  try {
    await output('tar', ['--create', '--file', packed, '--directory', root, '--numeric-owner', '.']);
    await output('podman', ['import', ...changes.flatMap((change) => ['--change', change]), packed, name]);
  } finally {
    await rm(packed, { force: true });
  }
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'ocpp-gw-image-'));
  try {
    await chmod(folder, 0o755);
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
