/** Prometheus and promtool: those of this machine, or of Debian's package, unpacked into the cache and not installed. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { fillOnce } from './cache.ts';
import { findExecutable } from './executable.ts';

const exec = promisify(execFile);

const PACKAGE = { key: 'prometheus-debian', title: 'Prometheus' };

export const PROMETHEUS_REMEDY =
  'install it: apt-get install -y prometheus (Debian, Ubuntu), or take it from a release of Prometheus (https://prometheus.io/download)';

/** The path of the program. @throws where this machine has neither the program nor apt */
export async function findPrometheus(
  program: 'prometheus' | 'promtool',
  report: (message: string) => void,
): Promise<string> {
  const installed = await findExecutable(program);
  if (installed) return installed;
  const apt = await findExecutable('apt-get');
  const dpkg = await findExecutable('dpkg-deb');
  if (!apt || !dpkg) throw new Error(`${program} is missing: ${PROMETHEUS_REMEDY}`);
  const folder = await fillOnce(PACKAGE, 'downloading Prometheus from Debian', report, async (partial) => {
    const own = await mkdtemp(join(tmpdir(), 'apt-'));
    try {
      await download(apt, own);
      const deb = (await readdir(own)).find((file) => file.endsWith('.deb'));
      if (!deb) throw new Error('apt-get downloaded no package of Prometheus');
      await exec(dpkg, ['--extract', join(own, deb), partial]);
    } finally {
      await rm(own, { recursive: true, force: true });
    }
  });
  return join(folder, 'usr', 'bin', program);
}

/** With lists of its own: those of the machine may be old, and only root may renew them. */
async function download(apt: string, own: string): Promise<void> {
  const lists = join(own, 'lists');
  const cache = join(own, 'cache');
  await mkdir(join(lists, 'partial'), { recursive: true });
  await mkdir(join(cache, 'archives', 'partial'), { recursive: true });
  const options = [
    '-qq',
    '-o',
    `Dir::State::Lists=${lists}`,
    '-o',
    `Dir::Cache=${cache}`,
    '-o',
    'APT::Sandbox::User=root',
  ];
  await exec(apt, [...options, 'update'], { cwd: own });
  await exec(apt, [...options, 'download', 'prometheus'], { cwd: own });
}
