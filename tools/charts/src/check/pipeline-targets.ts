import { ROOT } from '@ocpp-gw/rig/settings';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

interface Workflow {
  permissions?: unknown;
  concurrency?: unknown;
  jobs: Record<string, { 'timeout-minutes'?: number; steps?: { uses?: string; run?: string }[] }>;
}

/** What actionlint does not look at: that jobs call targets which exist, and rules of ours for each pipeline. */
export function targetProblems(
  folder = join(ROOT, '.github', 'workflows'),
  makefile = readFileSync(join(ROOT, 'Makefile'), 'utf8'),
): string[] {
  const targets = new Set([...makefile.matchAll(/^([a-z0-9-]+):/gm)].map(([, name]) => name));
  return readdirSync(folder).flatMap((file) => {
    if (!file.endsWith('.yaml')) return [`${file}: pipelines end in .yaml`];
    const workflow = parse(readFileSync(join(folder, file), 'utf8')) as Workflow;
    return workflowProblems(workflow, targets).map((problem) => `${file}: ${problem}`);
  });
}

export function workflowProblems(workflow: Workflow, targets: ReadonlySet<string | undefined>): string[] {
  const problems: string[] = [];
  if (workflow.permissions === undefined) problems.push('names no permissions: it would have the repository’s default');
  if (workflow.concurrency === undefined) problems.push('has no concurrency group');
  for (const [name, job] of Object.entries(workflow.jobs)) {
    if (job['timeout-minutes'] === undefined) problems.push(`job ${name} has no timeout-minutes`);
    for (const { uses, run = '' } of job.steps ?? []) {
      if (uses && !/@(v\d+(\.\d+)*|[0-9a-f]{40})$/.test(uses))
        problems.push(`job ${name} uses ${uses}, which is no fixed version`);
      for (const [, target] of run.matchAll(/\bmake (?:-s )?([a-z][a-z0-9-]*)/g)) {
        if (!targets.has(target)) problems.push(`job ${name} calls make ${target}, which the Makefile lacks`);
      }
    }
  }
  return problems;
}
