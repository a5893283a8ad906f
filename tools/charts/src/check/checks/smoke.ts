/** What `make k8s-smoke` relies on, as far as it can be seen without a cluster. */
import type { Check } from '../context.ts';
import { containersOf, environmentOf } from '../environment.ts';
import type { Manifest } from '../manifests.ts';
import { render } from '../render.ts';
import { appOf } from './independence.ts';
import { SHOWN } from '../../k8s-smoke/cluster.ts';
import { FORWARDS, makePlan, NAMESPACE, RELEASE } from '../../k8s-smoke/plan.ts';

const TAG = 'smoke';
const TOKEN = 'token-of-the-smoke';

/** Settings without which the sessions of the plan fail. */
const SETTINGS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'command-api': { EVEYS_OCPP_REST_INBOUND_TOKENS: TOKEN },
  'ws-edge': { EVEYS_OCPP_BACKEND_AUTHORIZE_FALLBACK: 'accept_offline' },
};

export const smokeFitsTheCharts: Check = {
  title: 'make k8s-smoke: its plan fits what the charts render',
  run: async (context) => {
    const umbrella = context.charts.find(({ name }) => name === 'ocpp-gateway');
    if (!umbrella) return { extent: 'no umbrella', problems: ['there is no chart ocpp-gateway'] };
    const inputs = {
      ...SHOWN,
      folder: context.folder,
      name: 'c',
      helm: 'helm',
      chart: umbrella.folder,
      tag: TAG,
      token: TOKEN,
    };
    const plan = makePlan(inputs);
    const { args } = plan.install.find(({ title }) => title.startsWith('install'))!;
    const variant = { chart: umbrella, name: 'k8s-smoke', args: valuesOf(args) };
    const { manifests } = await render(context.tools.helm4, variant, [], { release: RELEASE, namespace: NAMESPACE });
    const loaded = plan.install.find(({ title }) => title === 'load the images')!.args;
    const problems = [
      ...missingServices(manifests),
      ...foreignImages(manifests, loaded),
      ...missingPods(manifests),
      ...missingSettings(manifests),
    ];
    return { extent: `${manifests.length} manifests`, problems };
  },
};

/** Of the arguments of `helm upgrade`, those that are about values. */
export function valuesOf(args: readonly string[]): string[] {
  return args.flatMap((flag, index) =>
    ['--values', '--set', '--set-string'].includes(flag) ? [flag, args[index + 1]!] : [],
  );
}

function missingServices(manifests: readonly Manifest[]): string[] {
  return Object.values(FORWARDS).flatMap(({ service, port }) => {
    const found = manifests.find(({ kind, metadata }) => kind === 'Service' && metadata.name === service);
    if (!found) return [`there is no Service ${service}`];
    const { ports } = found['spec'] as { ports: { port: number }[] };
    return ports.some((one) => one.port === port) ? [] : [`the Service ${service} has no port ${port}`];
  });
}

/** The apps run the images that were built, and nothing pulls them. */
function foreignImages(manifests: readonly Manifest[], loaded: readonly string[]): string[] {
  const containers = manifests.filter(({ kind }) => kind === 'Deployment').flatMap(containersOf);
  return containers
    .filter(({ image }) => !loaded.includes(image))
    .map(({ image }) => `the image ${image} is not loaded`);
}

function missingPods(manifests: readonly Manifest[]): string[] {
  const edge = manifests.find(
    ({ kind, metadata }) => kind === 'Deployment' && metadata.name === FORWARDS.websocket.service,
  );
  const template = (edge?.['spec'] as { template?: Pick<Manifest, 'metadata'> } | undefined)?.template;
  const labels = template?.metadata.labels ?? {};
  return labels['app.kubernetes.io/name'] === 'ws-edge' && labels['app.kubernetes.io/component'] === 'app'
    ? []
    : ['no pod of ws-edge has the labels by which one is taken away'];
}

function missingSettings(manifests: readonly Manifest[]): string[] {
  return Object.entries(SETTINGS).flatMap(([app, settings]) => {
    const deployment = manifests.find((one) => one.kind === 'Deployment' && appOf(one) === app);
    const [container] = deployment ? containersOf(deployment) : [];
    const environment = container ? environmentOf(container, manifests) : {};
    return Object.entries(settings)
      .filter(([name, value]) => environment[name] !== value)
      .map(([name, value]) => `${app} has ${name} ${environment[name]}, not ${value}`);
  });
}
