import { ROOT } from '@ocpp-gw/rig/settings';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { copyCharts } from '../check/charts.ts';
import { mustRun, run } from '../check/command.ts';
import { installGoTool, type Report } from '../check/toolchain.ts';

const FOLDER = join(ROOT, '.run', 'charts-package');

/** A file for each chart that can be installed, its dependencies in it. */
export async function packageCharts(report: Report): Promise<boolean> {
  const helm = await installGoTool('helm4', report);
  for (const { folder, isLibrary } of await copyCharts(helm, FOLDER)) {
    if (!isLibrary) report((await mustRun(helm, ['package', folder, '--destination', FOLDER])).trim());
  }
  return true;
}

/** Pushes what was packaged, and writes the pushed charts with their digests into pushed.txt: what is to be signed. */
export async function pushCharts(registry: string, report: Report): Promise<boolean> {
  const helm = await installGoTool('helm4', report);
  const packages = (await readdir(FOLDER)).filter((file) => file.endsWith('.tgz'));
  if (!packages.length) throw new Error(`there is no chart in ${FOLDER}: run make charts-package first`);
  const pushed: string[] = [];
  for (const file of packages) {
    const { code, stdout, stderr } = await run(helm, ['push', join(FOLDER, file), registry]);
    report((stdout + stderr).trim());
    if (code !== 0) return false;
    pushed.push(pushedName(stdout + stderr));
  }
  await writeFile(join(FOLDER, 'pushed.txt'), pushed.map((name) => `${name}\n`).join(''));
  return true;
}

/** By what `helm push` says: the repository with the digest, which no later push can change. */
export function pushedName(text: string): string {
  const repository = /^Pushed: (\S+):[^:/\s]+$/m.exec(text)?.[1];
  const digest = /^Digest: (sha256:[0-9a-f]{64})$/m.exec(text)?.[1];
  if (!repository || !digest) throw new Error(`helm push did not name a digest: ${text}`);
  return `${repository}@${digest}`;
}
