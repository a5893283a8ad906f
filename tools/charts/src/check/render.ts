import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, type Variant } from './charts.ts';
import { run } from './command.ts';
import { KUBERNETES_VERSIONS } from './kubernetes-schemas.ts';
import { parseManifests, type Manifest } from './manifests.ts';

/** What an install with all operators offers: without a cluster helm knows of none of them. */
const API_VERSIONS = [
  'monitoring.coreos.com/v1',
  'keda.sh/v1alpha1',
  'external-secrets.io/v1',
  'cert-manager.io/v1',
  'gateway.networking.k8s.io/v1',
];

/** Whom a chart is rendered for. */
const TARGET = { release: 'check', namespace: 'ocpp' };

export interface Rendered {
  readonly variant: Variant;
  readonly text: string;
  readonly manifests: readonly Manifest[];
}

/** @throws with what helm said */
export async function render(
  helm: string,
  variant: Variant,
  more: readonly string[] = [],
  { release, namespace } = TARGET,
): Promise<Rendered> {
  const args = ['template', release, variant.chart.folder, '--namespace', namespace, ...variant.args, ...more];
  const cluster = [
    '--kube-version',
    KUBERNETES_VERSIONS.at(-1)!,
    ...API_VERSIONS.flatMap((one) => ['--api-versions', one]),
  ];
  const { code, stdout, stderr } = await run(helm, [...args, ...cluster]);
  if (code !== 0) throw new Error(`${describe(variant)}: ${stderr.trim()}`);
  return { variant, text: stdout, manifests: parseManifests(stdout) };
}

/** Where a render is kept, for people and for programs that read files. */
export function renderedFile(folder: string, { chart, name }: Variant): string {
  return join(folder, chart.name, `${name}.yaml`);
}

export async function keep(folder: string, rendered: Rendered): Promise<string> {
  const file = renderedFile(folder, rendered.variant);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, rendered.text);
  return file;
}
