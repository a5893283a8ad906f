import { ROOT } from '@ocpp-gw/rig/settings';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe } from '../charts.ts';
import { run } from '../command.ts';
import type { Check } from '../context.ts';
import { inParallel } from '../in-parallel.ts';
import { renderedFile } from '../render.ts';

const POLICY = join(ROOT, 'charts', 'policy');

export const policyTests: Check = {
  title: 'our policies pass their own tests (conftest verify)',
  run: async ({ tools }) => {
    const { code, stdout, stderr } = await run(tools.conftest, ['verify', '--policy', POLICY, '--no-color']);
    const count = /(\d+) tests?/.exec(stdout)?.[1] ?? '0';
    return { extent: `${count} tests`, problems: code === 0 ? [] : [(stdout + stderr).trim()] };
  },
};

export const policies: Check = {
  title: 'our policies (conftest)',
  run: async ({ tools, rendered, folder }) => {
    const lists = join(folder, 'lists');
    await mkdir(lists, { recursive: true });
    const files = await Promise.all(
      rendered.map(async ({ variant, manifests }) => {
        const file = join(lists, `${describe(variant)}.json`);
        await writeFile(file, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: manifests }));
        return file;
      }),
    );
    const { stdout, stderr } = await run(tools.conftest, ['test', '--policy', POLICY, '--output', 'json', ...files]);
    return { extent: `${files.length} renders`, problems: stdout ? refusals(stdout) : [stderr.trim()] };
  },
};

interface Result {
  filename: string;
  failures?: { msg: string }[];
}

/** Each sentence once, with the renders it holds for. */
export function refusals(json: string): string[] {
  const where = new Map<string, string[]>();
  for (const { filename, failures = [] } of JSON.parse(json) as Result[]) {
    const name = filename.replace(/^.*\//, '').replace(/\.json$/, '');
    for (const { msg } of failures) where.set(msg, [...(where.get(msg) ?? []), name]);
  }
  return [...where].map(([sentence, names]) => `${sentence} (in ${names.join(', ')})`);
}

/** Checks of kube-score that do not fit, each with the reason. */
export const IGNORED: Readonly<Record<string, string>> = {
  'container-image-pull-policy': 'Always makes each start depend on the registry; a tag of ours is never moved',
  'container-security-context-user-group-id':
    'it wants ids above 10000 for every image; those of the trial engines are their makers’',
};

export const kubeScore: Check = {
  title: 'kube-score',
  run: async ({ tools, rendered, folder }) => {
    const ignored = Object.keys(IGNORED).flatMap((name) => ['--ignore-test', name]);
    const outputs = await inParallel(rendered, async ({ variant }) => {
      const file = renderedFile(join(folder, 'rendered'), variant);
      const { stdout, stderr } = await run(tools['kube-score'], ['score', '--output-format', 'ci', ...ignored, file]);
      const bad = stdout.split('\n').filter((line) => /^\[(CRITICAL|WARNING)\]/.test(line));
      return stdout
        ? bad.map((line) => `${line} (in ${describe(variant)})`)
        : [`${describe(variant)}: ${stderr.trim()}`];
    });
    return { extent: `${rendered.length} renders`, problems: outputs.flat() };
  },
};
