import { describe, expect, it } from '@jest/globals';
import { lookFor, SHOWN, type Machine } from './cluster.ts';
import { k8sSmoke } from './k8s-smoke.ts';
import { describePlan, makePlan } from './plan.ts';

function machine(programs: readonly string[], answering: readonly string[] = programs): Machine {
  return {
    has: async (program) => programs.includes(program),
    answers: async (engine) => answering.includes(engine),
  };
}

describe('what the machine needs', () => {
  it.each([
    ['kind and docker', ['kind', 'docker', 'kubectl'], 'kind'],
    ['k3d and podman', ['k3d', 'podman', 'kubectl'], 'k3d'],
    ['both', ['k3d', 'kind', 'docker', 'kubectl'], 'kind'],
  ])('is there with %s', async (_title, programs, chosen) => {
    const { cluster, lacking } = await lookFor(machine(programs));
    expect(cluster?.program).toBe(chosen);
    expect(lacking).toEqual([]);
  });

  it('is said all at once where it is missing', async () => {
    const { lacking } = await lookFor(machine([]));
    expect(lacking.map((one) => one.split(':')[0])).toEqual([
      'kind or k3d is missing',
      'no container engine answers (docker info, podman info)',
      'kubectl is missing',
    ]);
  });

  it('includes an engine that answers: its program alone is not enough', async () => {
    const { lacking } = await lookFor(machine(['kind', 'docker', 'kubectl'], []));
    expect(lacking).toEqual([expect.stringContaining('no container engine answers')]);
  });

  it('is said by the command, which then fails', async () => {
    await expect(k8sSmoke(false, () => undefined, machine([]))).rejects.toThrow(
      /make k8s-smoke cannot run here:\n {2}kind or k3d is missing/,
    );
  });
});

describe('the plan', () => {
  const inputs = {
    ...SHOWN,
    folder: '/tmp/f',
    name: 'c',
    helm: 'helm',
    chart: '/charts/ocpp-gateway',
    tag: 't1',
    token: 'se/cret',
  };
  const plan = makePlan(inputs);
  const text = describePlan(plan, inputs.token);

  it('goes from images to a tested release, and ends with the cluster', () => {
    expect(plan.install.map(({ title }) => title)).toEqual([
      'image of ws-edge',
      'image of command-api',
      'image of clickhouse-ingestor',
      'image of webhook-dispatcher',
      'create the cluster',
      'load the images',
      'install the umbrella chart with trial engines',
      'the tests of the release',
    ]);
    expect(text.trimEnd().split('\n').at(-1)).toBe('kind delete cluster --name c');
  });

  it('installs the images that it built', () => {
    const install = plan.install.find(({ title }) => title.startsWith('install'));
    expect(install?.args).toContain('ws-edge.image.tag=t1');
    expect(plan.install.find(({ title }) => title === 'load the images')?.args).toContain('ghcr.io/ocpp-gw/ws-edge:t1');
  });

  it('takes images from Podman to kind in an archive', () => {
    const { install } = makePlan({ ...inputs, engine: 'podman' });
    const load = install.filter(({ title }) => title === 'load the images');
    expect(load.map(({ file, args }) => [file, args[0], args.at(-1)])).toEqual([
      ['podman', 'save', 'ghcr.io/ocpp-gw/webhook-dispatcher:t1'],
      ['kind', 'load', '/tmp/f/images.tar'],
    ]);
  });

  it('names the cluster in every command that could reach another one', () => {
    const commands = [...plan.install, ...plan.forwards, plan.podOfEdge, plan.remove('p'), ...plan.diagnose];
    const reaching = commands.filter(({ file }) => file === 'kubectl' || file === 'helm');
    expect(reaching.length).toBeGreaterThan(5);
    for (const { args } of reaching) expect(args.join(' ')).toMatch(/--(kube-)?context kind-c /);
  });

  it('does sessions of each version', () => {
    expect(plan.chargers.map(({ id }) => id)).toEqual(['SMOKE-16', 'SMOKE-201']);
  });

  it('is shown without the token', async () => {
    expect(text).not.toContain(inputs.token);
    const shown: string[] = [];
    expect(await k8sSmoke(true, (line) => shown.push(line), machine([]))).toBe(true);
    expect(shown.join('\n')).toContain('kind create cluster --name ocpp-smoke');
  });
});
