import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { App } from '@ocpp-gw/rig/settings';
import { filesBelow } from '../files.ts';
import { COMMANDS, MORE_FILES } from '../apps.ts';
import { productionClosure, type Package } from './closure.ts';
import { isLeftOutOfOurs, isLeftOutOfTheirs, isNotice } from './left-out.ts';
import { licenseOf, productionManifest } from './manifest.ts';
import { renderNotices, type Notice } from './notices.ts';
import { createSbom, type Lock } from './sbom.ts';

const PLATFORM = `${process.platform}-${process.arch}`;

export interface PackOptions {
  /** The repository, built, with its packages installed. */
  root: string;
  app: App;
  /** The folder that becomes /app. It must not exist. */
  out: string;
  /** The file with the licence of node, which goes into the image as well. */
  nodeLicense: string;
}

/** Puts together what is in the image of an app. @returns the packages in it */
export function pack({ root, app, out, nodeLicense }: PackOptions): Package[] {
  const packages = productionClosure(root, `apps/${app}`);
  mkdirSync(out, { recursive: true });
  for (const one of packages) copyPackage(root, out, one);
  for (const path of [...MORE_FILES[app], 'LICENSE', 'NOTICE'])
    cpSync(join(root, path), join(out, path), { recursive: true });
  for (const [command, file] of Object.entries(COMMANDS[app]))
    writeFileSync(join(out, command), `import './${file}';\n`);
  writeJson(join(out, 'package.json'), { private: true, type: 'module' });
  writeFileSync(join(out, 'THIRD-PARTY-NOTICES'), renderNotices(app, noticesOf(root, packages, nodeLicense)));
  const sbom = createSbom({ app, packages, lock: readLock(root), nodeVersion: process.versions.node });
  writeJson(join(out, 'sbom.cdx.json'), sbom);
  return packages;
}

function copyPackage(root: string, out: string, { path, manifest, ours }: Package): void {
  const from = join(root, path);
  const to = join(out, path);
  const leftOut = (file: string): boolean =>
    ours ? isLeftOutOfOurs(file) : isLeftOutOfTheirs(manifest.name, file, PLATFORM);
  for (const file of filesBelow(from, 'node_modules')) {
    if (leftOut(file)) continue;
    mkdirSync(dirname(join(to, file)), { recursive: true });
    cpSync(join(from, file), join(to, file));
  }
  if (!ours) return;
  writeJson(join(to, 'package.json'), productionManifest(manifest));
  if (path.startsWith('apps/')) return;
  const link = join(out, 'node_modules', manifest.name);
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(relative(dirname(link), to), link);
}

function noticesOf(root: string, packages: readonly Package[], nodeLicense: string): Notice[] {
  const textsIn = (folder: string): string[] =>
    filesBelow(folder, 'node_modules')
      .filter((file) => isNotice(file))
      .map((file) => readFileSync(join(folder, file), 'utf8'));
  const node: Notice = {
    name: 'node',
    version: process.versions.node,
    license: 'MIT AND others',
    homepage: 'https://nodejs.org',
    texts: [readFileSync(nodeLicense, 'utf8')],
  };
  const theirs = packages.filter(({ ours }) => !ours);
  return [
    node,
    ...theirs.map(({ path, manifest }) => ({
      ...{ name: manifest.name, version: manifest.version, license: licenseOf(manifest) },
      ...(manifest.homepage && { homepage: manifest.homepage }),
      texts: textsIn(join(root, path)),
    })),
  ];
}

function readLock(root: string): Lock {
  return JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock;
}

function writeJson(file: string, content: object): void {
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
}
