import { findExecutable } from '@ocpp-gw/data-plane';
import { ROOT } from '@ocpp-gw/rig/settings';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './command.ts';
import { targetProblems } from './pipeline-targets.ts';
import { installGoTool, missing, type Report } from './toolchain.ts';

/** Lints the pipelines; their scripts too where shellcheck is installed. */
export async function checkPipelines(report: Report): Promise<boolean> {
  const lacking = await missing(['actionlint'], {});
  if (lacking.length) throw new Error(lacking.join('\n'));
  const actionlint = await installGoTool('actionlint', report);
  const shellcheck = await findExecutable('shellcheck');
  if (!shellcheck)
    report('shellcheck is missing: the scripts inside the pipelines are not linted (apt-get install -y shellcheck)');
  const folder = join(ROOT, '.github', 'workflows');
  const files = (await readdir(folder)).filter((file) => file.endsWith('.yaml')).map((file) => join(folder, file));
  const { code, stdout, stderr } = await run(actionlint, [
    '-color',
    ...(shellcheck ? ['-shellcheck', shellcheck] : ['-shellcheck=']),
    ...files,
  ]);
  const problems = targetProblems();
  for (const problem of [stdout + stderr, ...problems].filter((text) => text.trim())) report(problem);
  const ok = code === 0 && problems.length === 0;
  report(`${files.length} pipelines: ${ok ? 'ok' : 'FAILED'}`);
  return ok;
}
