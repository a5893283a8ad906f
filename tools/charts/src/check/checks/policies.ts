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

interface Exception {
  readonly test: string;
  /** Objects that it does not fit; all of them when it is left out. */
  readonly object?: RegExp;
  readonly reason: string;
}

/** Tests of kube-score that do not fit, each with the reason. */
export const EXCEPTIONS: readonly Exception[] = [
  {
    test: 'container-image-pull-policy',
    reason: 'Always makes each start depend on the registry, and a tag of ours is never moved',
  },
  {
    test: 'deployment-replicas',
    reason: 'it does not know KEDA, which sets the replicas of consumers; a trial has one of each',
  },
  {
    test: 'container-security-context-user-group-id',
    object: /-trial-/,
    reason: 'the images of the engines bring their users, whose ids are below 10000',
  },
  {
    test: 'container-security-context-readonlyrootfilesystem',
    object: /-trial-/,
    reason: 'the images of the engines write beside their data',
  },
  {
    test: 'pod-probes-identical',
    object: /-trial-/,
    reason: 'an engine of a trial has one question that can be asked',
  },
];

interface Score {
  object_name: string;
  checks: {
    check: { id: string };
    grade: number;
    skipped: boolean;
    comments: { path: string; summary: string }[] | null;
  }[];
}

/** 10 is kube-score's best grade. */
const BEST = 10;

/** What kube-score has against the objects, without the exceptions. */
export function complaints(scores: readonly Score[]): string[] {
  return scores.flatMap(({ object_name, checks }) =>
    checks
      .filter(({ grade, skipped, check }) => grade < BEST && !skipped && !isException(check.id, object_name))
      .map(({ check, comments }) => {
        const details = (comments ?? []).map(({ path, summary }) => [path, summary].filter(Boolean).join(': '));
        return `${object_name}: ${check.id}${details.length ? ` (${details.join('; ')})` : ''}`;
      }),
  );
}

function isException(id: string, name: string): boolean {
  return EXCEPTIONS.some(({ test, object }) => test === id && (object === undefined || object.test(name)));
}

export const kubeScore: Check = {
  title: 'kube-score',
  run: async ({ tools, rendered, folder }) => {
    const outputs = await inParallel(rendered, async ({ variant }) => {
      const file = renderedFile(join(folder, 'rendered'), variant);
      const { stdout, stderr } = await run(tools['kube-score'], ['score', '--output-format', 'json', file]);
      if (!stdout) return [`${describe(variant)}: ${stderr.trim()}`];
      // A render without workloads gives null.
      const scores = (JSON.parse(stdout) as Score[] | null) ?? [];
      return complaints(scores).map((complaint) => `${complaint} (in ${describe(variant)})`);
    });
    return { extent: `${rendered.length} renders, ${EXCEPTIONS.length} exceptions`, problems: outputs.flat() };
  },
};
