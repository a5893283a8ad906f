import type { Cluster, Command, Engine } from './cluster.ts';

export const APPS = ['ws-edge', 'command-api', 'clickhouse-ingestor', 'webhook-dispatcher'] as const;
export const REGISTRY = 'ghcr.io/ocpp-gw';
export const RELEASE = 'smoke';
export const NAMESPACE = 'ocpp-smoke';
export const VALUES = 'ci/trial-values.yaml';
export const PROTOCOLS = ['1.6', '2.0.1'] as const;

/** Services that are reached from outside of the cluster, and the ports here. */
export const FORWARDS = {
  websocket: { service: `${RELEASE}-ws-edge`, port: 9000, here: 19000 },
  rest: { service: `${RELEASE}-command-api`, port: 8080, here: 18080 },
} as const;

export interface Inputs {
  readonly cluster: Cluster;
  readonly engine: Engine;
  /** Where files may be written. */
  readonly folder: string;
  readonly name: string;
  readonly helm: string;
  /** The umbrella chart with its dependencies in it. */
  readonly chart: string;
  readonly tag: string;
  /** Token of REST, made for this run. */
  readonly token: string;
}

export interface Step extends Command {
  readonly title: string;
}

export interface Plan {
  /** From no cluster to a release that has passed its own tests. */
  readonly install: readonly Step[];
  /** Kept running while chargers charge. */
  readonly forwards: readonly Step[];
  /** Names one pod of ws-edge, then takes it away while chargers charge. */
  readonly podOfEdge: Step;
  readonly remove: (pod: string) => Step;
  readonly chargers: readonly Charger[];
  /** What to show when something fails. */
  readonly diagnose: readonly Step[];
  readonly tearDown: Step;
}

export interface Charger extends Step {
  readonly id: string;
}

export function makePlan({ cluster, engine, folder, name, helm, chart, tag, token }: Inputs): Plan {
  const images = APPS.map((app) => `${REGISTRY}/${app}:${tag}`);
  const context = cluster.context(name);
  const kubectl = (title: string, ...args: string[]): Step => ({
    ...{ title, file: 'kubectl' },
    args: ['--context', context, '--namespace', NAMESPACE, ...args],
  });
  const onRelease = ['--kube-context', context, '--namespace', NAMESPACE];
  return {
    install: [
      ...APPS.map((app) => ({
        ...{ title: `image of ${app}`, file: 'make' },
        args: ['build-image', `APP=${app}`, `TAG=${tag}`, `REGISTRY=${REGISTRY}`],
      })),
      { title: 'create the cluster', ...cluster.create(name) },
      ...cluster.load(name, images, engine, folder).map((command) => ({ title: 'load the images', ...command })),
      {
        ...{ title: 'install the umbrella chart with trial engines', file: helm },
        args: [
          ...[
            'upgrade',
            '--install',
            RELEASE,
            chart,
            '--create-namespace',
            ...onRelease,
            '--values',
            `${chart}/${VALUES}`,
          ],
          ...APPS.flatMap((app) => ['--set-string', `${app}.image.tag=${tag}`]),
          ...['--set-string', `command-api.secretConfig.EVEYS_OCPP_REST_INBOUND_TOKENS=${token}`],
          ...['--wait', '--timeout', '10m'],
        ],
      },
      {
        title: 'the tests of the release',
        file: helm,
        args: ['test', RELEASE, ...onRelease, '--logs', '--timeout', '5m'],
      },
    ],
    forwards: Object.values(FORWARDS).map(({ service, port, here }) =>
      kubectl(`forward port ${here} to ${service}`, 'port-forward', `service/${service}`, `${here}:${port}`),
    ),
    podOfEdge: kubectl(
      'name a pod of ws-edge',
      ...['get', 'pods', '--field-selector', 'status.phase=Running', '--output', 'jsonpath={.items[0].metadata.name}'],
      ...['--selector', 'app.kubernetes.io/name=ws-edge,app.kubernetes.io/component=app'],
    ),
    remove: (pod) => kubectl(`take ${pod} away`, 'delete', 'pod', pod, '--wait=false'),
    chargers: PROTOCOLS.map(chargerOf),
    diagnose: [
      kubectl('the pods', 'get', 'pods', '--output', 'wide'),
      kubectl('the last events', 'get', 'events', '--sort-by', '.lastTimestamp'),
      kubectl('the logs', 'logs', '--selector', 'app.kubernetes.io/part-of=ocpp-gateway', '--tail', '50', '--prefix'),
    ],
    tearDown: { title: 'remove the cluster', ...cluster.remove(name) },
  };
}

function chargerOf(protocol: (typeof PROTOCOLS)[number]): Charger {
  const id = `SMOKE-${protocol.replaceAll('.', '')}`;
  const simulator = ['--conditions=@ocpp-gw/source', 'tools/charger-sim/src/main.ts'];
  const sessions = ['--sessions', '3', '--meter-values', '5', '--meter-interval', '2s', '--power', '150000'];
  const retries = ['--retries', '20', '--retry-interval', '1s', '--startTimeout', '120s'];
  const url = `ws://127.0.0.1:${FORWARDS.websocket.here}`;
  return {
    ...{ title: `sessions of OCPP ${protocol}`, id, file: process.execPath },
    args: [...simulator, '--url', url, '--protocol', protocol, '--id', id, ...sessions, ...retries],
  };
}

/** The plan as commands to read, or to paste into a shell; the token is not shown. */
export function describePlan(plan: Plan, token: string): string {
  const show = ({ title, file, args }: Step): string => `# ${title}\n${[file, ...args].map(quote).join(' ')}`;
  const rest = `http://127.0.0.1:${FORWARDS.rest.here}/api/v1`;
  const chargers = plan.chargers.flatMap((charger) => [
    `# register ${charger.id}: PUT ${rest}/charge-points/${charger.id}`,
    show(charger),
    `# expect the ended transactions of ${charger.id}, with energy: GET ${rest}/transactions?cp_id=${charger.id}`,
  ]);
  return [
    ...plan.install.map(show),
    ...plan.forwards.map((step) => `${show(step)} &`),
    show(plan.podOfEdge),
    ...chargers,
    show(plan.remove('<the pod>')),
    show(plan.tearDown),
  ]
    .join('\n')
    .replaceAll(token, '<token>');
}

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
