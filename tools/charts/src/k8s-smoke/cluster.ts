/** kind and k3d, as far as this needs them. */
import { join } from 'node:path';

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
}

export type Engine = 'docker' | 'podman';

export interface Cluster {
  readonly program: 'kind' | 'k3d';
  create(name: string): Command;
  /** @param folder for what has to be written in between */
  load(name: string, images: readonly string[], engine: Engine, folder: string): Command[];
  remove(name: string): Command;
  /** How kubectl and helm call it. */
  context(name: string): string;
}

const kind: Cluster = {
  program: 'kind',
  create: (name) => ({ file: 'kind', args: ['create', 'cluster', '--name', name, '--wait', '120s'] }),
  load: (name, images, engine, folder) => {
    if (engine === 'docker') return [{ file: 'kind', args: ['load', 'docker-image', '--name', name, ...images] }];
    // kind reads images from Docker alone.
    const archive = join(folder, 'images.tar');
    return [
      { file: 'podman', args: ['save', '--multi-image-archive', '--output', archive, ...images] },
      { file: 'kind', args: ['load', 'image-archive', '--name', name, archive] },
    ];
  },
  remove: (name) => ({ file: 'kind', args: ['delete', 'cluster', '--name', name] }),
  context: (name) => `kind-${name}`,
};

const k3d: Cluster = {
  program: 'k3d',
  create: (name) => ({ file: 'k3d', args: ['cluster', 'create', name, '--wait', '--timeout', '120s', '--no-lb'] }),
  load: (name, images) => [{ file: 'k3d', args: ['image', 'import', '--cluster', name, ...images] }],
  remove: (name) => ({ file: 'k3d', args: ['cluster', 'delete', name] }),
  context: (name) => `k3d-${name}`,
};

const CLUSTERS: readonly Cluster[] = [kind, k3d];
const ENGINES: readonly Engine[] = ['docker', 'podman'];

export interface Machine {
  has(program: string): Promise<boolean>;
  /** Whether a container engine answers, and not only its program is there. */
  answers(engine: string): Promise<boolean>;
}

export interface Found {
  /** Undefined where the machine has none. */
  readonly cluster?: Cluster;
  readonly engine?: Engine;
  /** What the machine lacks, a sentence each. */
  readonly lacking: readonly string[];
}

export async function lookFor(machine: Machine): Promise<Found> {
  const lacking: string[] = [];
  const installed: Cluster[] = [];
  for (const cluster of CLUSTERS) if (await machine.has(cluster.program)) installed.push(cluster);
  if (!installed.length) lacking.push('kind or k3d is missing: install one (https://kind.sigs.k8s.io, https://k3d.io)');
  const answering: Engine[] = [];
  for (const engine of ENGINES)
    if ((await machine.has(engine)) && (await machine.answers(engine))) answering.push(engine);
  if (!answering.length)
    lacking.push('no container engine answers (docker info, podman info): install and start Docker or Podman');
  if (!(await machine.has('kubectl')))
    lacking.push('kubectl is missing: install it (https://kubernetes.io/docs/tasks/tools)');
  const [cluster] = installed;
  const [engine] = answering;
  return { ...(cluster && { cluster }), ...(engine && { engine }), lacking };
}

/** What a plan is shown for where there is nothing to run it on. */
export const SHOWN = { cluster: kind, engine: 'docker' } as const;
