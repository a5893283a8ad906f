import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, type App } from '@ocpp-gw/rig/settings';
import { output, show } from '../run.ts';
import type { Engine } from './engine.ts';

export const REGISTRY = 'ghcr.io/ocpp-gw';

export interface BuildOptions {
  app: App;
  registry: string;
  tag: string;
  /** The full hash of the commit that is built. */
  revision: string;
  version: string;
  /** Those of docker/Dockerfile when absent. */
  base?: string;
  builder?: string;
}

export function imageName({ app, registry, tag }: Pick<BuildOptions, 'app' | 'registry' | 'tag'>): string {
  return `${registry}/${app}:${tag}`;
}

/** What the engine is given. The three take the same. */
export function buildArguments(options: BuildOptions): string[] {
  const { app, version, revision, base, builder } = options;
  const values = { APP: app, VERSION: version, REVISION: revision, BASE_IMAGE: base, BUILDER_IMAGE: builder };
  const given = Object.entries(values).filter(([, value]) => value);
  return [
    'build',
    ...['--file', 'docker/Dockerfile', '--tag', imageName(options)],
    ...given.flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]),
    '.',
  ];
}

/** Builds one image, with the output of the engine shown. */
export function build(engine: Engine, options: BuildOptions, env: NodeJS.ProcessEnv = process.env): Promise<void> {
  // Without it podman and buildah run the steps again that the image before had.
  const layers = engine === 'buildah' ? ['--layers'] : [];
  const [command = '', ...args] = buildArguments(options);
  return show(engine, [command, ...layers, ...args], env, ROOT);
}

export function currentVersion(): string {
  return (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }).version;
}

export async function currentRevision(): Promise<string> {
  return output('git', ['rev-parse', 'HEAD'], { cwd: ROOT }).then(
    (hash) => hash.trim(),
    () => 'unknown',
  );
}
