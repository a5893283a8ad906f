import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What is used of a package.json. */
export interface Manifest {
  name: string;
  version: string;
  license?: string | { type: string };
  author?: string | { name: string };
  homepage?: string;
  description?: string;
  type?: string;
  exports?: Readonly<Record<string, unknown>>;
  imports?: unknown;
  dependencies?: Readonly<Record<string, string>>;
  optionalDependencies?: Readonly<Record<string, string>>;
  peerDependencies?: Readonly<Record<string, string>>;
  peerDependenciesMeta?: Readonly<Record<string, { optional?: boolean }>>;
}

export function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}

/** The SPDX expression, in whichever form the package writes it. */
export function licenseOf({ license }: Manifest): string {
  return (typeof license === 'object' ? license.type : license) ?? 'UNKNOWN';
}

/** What a package must find when it runs. The others are welcome, and npm installs them only when somebody else asks. */
export function needsOf(manifest: Manifest): { required: string[]; optional: string[] } {
  const { dependencies = {}, optionalDependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} } = manifest;
  const optional = Object.keys(optionalDependencies);
  const peers = Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta[name]?.optional);
  const required = [...Object.keys(dependencies), ...peers].filter((name) => !optional.includes(name));
  return { required, optional };
}

/** The manifest of one of our packages as an image has it: nothing of development, no condition that names sources. */
export function productionManifest(manifest: Manifest): object {
  const { name, version, type, license, description, imports, dependencies } = manifest;
  const { './testing': _testing, ...entries } = manifest.exports ?? {};
  const exports = Object.fromEntries(Object.entries(entries).map(([entry, target]) => [entry, built(target)]));
  return {
    ...{ name, version, private: true, type, license, description },
    ...(manifest.exports && { exports }),
    ...(imports !== undefined && { imports }),
    dependencies,
  };
}

function built(target: unknown): unknown {
  return typeof target === 'object' && target !== null && 'default' in target ? target.default : target;
}
