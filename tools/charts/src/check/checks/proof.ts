/** A check that notices nothing passes too. Each is given a release that it has to refuse. */
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Check, Context } from '../context.ts';
import { inParallel } from '../in-parallel.ts';
import type { Manifest } from '../manifests.ts';
import { keep } from '../render.ts';
import { kubeScore, policies } from './policies.ts';
import { rulesAreValid } from './rules.ts';
import { kubeconform, kubernetesValidate } from './schemas.ts';

interface Broken {
  readonly title: string;
  readonly check: Check;
  readonly manifest: Manifest;
}

const pod = { containers: [{ name: 'app', image: 'registry.example/ws-edge:latest' }] };

function deployment(spec: Record<string, unknown>): Manifest {
  const labels = { app: 'broken' };
  const whole = { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: pod }, ...spec };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'broken' }, spec: whole };
}

function custom(apiVersion: string, kind: string, spec: Record<string, unknown>): Manifest {
  return { apiVersion, kind, metadata: { name: 'broken' }, spec };
}

const misspelt = deployment({ replica: 2 });
const monitor = custom('monitoring.coreos.com/v1', 'ServiceMonitor', { selector: {}, endpoint: [] });
const scaled = custom('keda.sh/v1alpha1', 'ScaledObject', { scaleTargetRef: { name: 'x' }, trigger: [] });
const rules = custom('monitoring.coreos.com/v1', 'PrometheusRule', {
  groups: [{ name: 'g', rules: [{ alert: 'A', expr: 'rate(x[5m' }] }],
});

const BROKEN: readonly Broken[] = [
  { title: 'a misspelt field', check: kubernetesValidate, manifest: misspelt },
  { title: 'a misspelt field', check: kubeconform, manifest: misspelt },
  { title: 'a misspelt field of a ServiceMonitor', check: kubeconform, manifest: monitor },
  { title: 'a misspelt field of a ScaledObject', check: kubeconform, manifest: scaled },
  { title: 'a pod without a security context', check: policies, manifest: deployment({}) },
  { title: 'a pod without probes and limits', check: kubeScore, manifest: deployment({}) },
  { title: 'an expression that is none', check: rulesAreValid, manifest: rules },
];

export const checksNoticeFaults: Check = {
  title: 'the checks above refuse what is wrong',
  run: async (context) => {
    const variant = context.variants[0]!;
    const problems = await inParallel([...BROKEN.entries()], async ([index, { title, check, manifest }]) => {
      const folder = join(context.folder, 'broken', String(index));
      const rendered = { variant, manifests: [manifest], text: stringify(manifest) };
      await keep(join(folder, 'rendered'), rendered);
      const alone: Context = { ...context, folder, rendered: [rendered] };
      const { problems: noticed } = await check.run(alone);
      return noticed.length ? [] : [`${check.title} does not notice ${title}`];
    });
    return { extent: `${BROKEN.length} faults`, problems: problems.flat() };
  },
};
