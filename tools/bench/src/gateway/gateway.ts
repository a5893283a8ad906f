import { join, resolve } from 'node:path';
import { ENGINE_NAMES, findRunning, pickFreePort, type DataPlane } from '@ocpp-gw/data-plane';
import { DEFAULT_OPTIONS } from '@ocpp-gw/mock-backend';
import { ServiceProcess, startGateway, startTogether, type App, type Edge } from '@ocpp-gw/rig';
import { APPS, ROOT, type Env } from '@ocpp-gw/rig/settings';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { Watched } from '../cpu/cpu-meter.ts';

export const TOKEN = 'bench-token';

/** What keeps chargers from coming all at once and never pausing is lifted; all the rest is on, as deployed. */
const UNLIMITED = {
  EVEYS_OCPP_WS_RATE_PER_S: '100000',
  EVEYS_OCPP_WS_RATE_BURST: '100000',
  EVEYS_OCPP_WS_ADMIT_BURST: '100000',
};

export interface WatchedGatewayOptions {
  /** Names the data plane. */
  name: string;
  edges: number;
  /** What the backend subscribes to. */
  events: readonly string[];
  /** More settings of every ws-edge, and of every service. */
  edgeEnv?: Env;
  env?: Env;
  /** A folder for V8 CPU profiles of the services. */
  profile?: string;
  /** More for node that runs a ws-edge. */
  edgeFlags?: readonly string[];
}

/** The whole gateway on real engines; the mock backend is a process of its own. */
export interface WatchedGateway {
  postgresUrl: string;
  clickhouseUrl: string;
  edges: readonly Edge[];
  /** http://host:port/api/v1 */
  rest: string;
  /** The first ws-edge, and one of each other service. */
  services: Readonly<Record<App, ServiceProcess>>;
  /** Every process that runs of it now, by its name in the report. */
  watched(): Watched;
  stop(): Promise<void>;
}

export interface BenchGateway extends WatchedGateway {
  /** ws://host:port */
  edgeUrl: string;
}

/** One of each service, for the bench. */
export async function startBenchGateway({
  edgeEnv,
  ...more
}: Pick<WatchedGatewayOptions, 'profile' | 'edgeEnv' | 'edgeFlags'>): Promise<BenchGateway> {
  const gateway = await startWatchedGateway({
    ...more,
    name: 'bench',
    edges: 1,
    // What a backend subscribes to: the sessions, not each meter value.
    events: ['tx.started', 'tx.ended'],
    edgeEnv: { ...UNLIMITED, ...edgeEnv },
  });
  return { ...gateway, edgeUrl: `ws://127.0.0.1:${gateway.edges[0]?.port}` };
}

/** Starts everything, or leaves nothing behind. */
export function startWatchedGateway(options: WatchedGatewayOptions): Promise<WatchedGateway> {
  const { name, edges, events, edgeEnv, env, profile, edgeFlags = [] } = options;
  return startTogether(async (started) => {
    const directory = await mkdtemp(join(tmpdir(), `ocpp-gw-${name}-`));
    started.onStop(() => rm(directory, { recursive: true }));
    const backend = { url: `http://127.0.0.1:${await pickFreePort()}`, token: 'dev-token' };
    const mock = await started.keep(startMockBackend(backend.url, directory));
    const gateway = await started.keep(
      startGateway({
        name,
        // The secret is the mock backend's own, public on purpose.
        backend: { ...backend, webhookSecret: DEFAULT_OPTIONS.webhookSecret, events },
        token: TOKEN,
        edges,
        ...(env && { env }),
        ...(edgeEnv && { envOf: { 'ws-edge': edgeEnv } }),
        // Nothing here is worth a drain; but a profile is written at a proper end only.
        stopSignal: profile ? 'SIGTERM' : 'SIGKILL',
        flags: (app) => [...(profile ? profiling(app, profile) : []), ...(app === 'ws-edge' ? edgeFlags : [])],
      }),
    );
    const [edge] = gateway.edges;
    if (!edge) throw new Error('no ws-edge was started');
    const serviceOf = (app: App): ServiceProcess => (app === 'ws-edge' ? edge.process : gateway.service(app));
    const services = Object.fromEntries(APPS.map((app) => [app, serviceOf(app)])) as Record<App, ServiceProcess>;
    const engines = await enginePids(gateway.dataPlane);
    const others = Object.entries(services).filter(([app]) => app !== 'ws-edge');
    return {
      postgresUrl: gateway.dataPlane.postgresUrl,
      clickhouseUrl: gateway.dataPlane.clickhouseUrl,
      edges: gateway.edges,
      rest: gateway.rest,
      services,
      watched: () => ({
        'mock backend': mock.pid,
        ...engines,
        ...Object.fromEntries(gateway.edges.map((one) => [edges === 1 ? 'ws-edge' : one.name, one.process.pid])),
        ...Object.fromEntries(others.map(([app, { pid }]) => [app, pid])),
      }),
    };
  });
}

function profiling(app: App, folder: string): string[] {
  return ['--cpu-prof', `--cpu-prof-dir=${resolve(folder)}`, `--cpu-prof-name=${app}.cpuprofile`];
}

function startMockBackend(url: string, directory: string): Promise<ServiceProcess> {
  return ServiceProcess.start({
    name: 'mock-backend',
    args: ['--conditions=@ocpp-gw/source', resolve(ROOT, 'tools/mock-backend/src/main.ts')],
    env: { MOCK_BACKEND_HOST: '127.0.0.1', MOCK_BACKEND_PORT: new URL(url).port },
    readyUrl: `${url}/_/health`,
    directory,
  });
}

async function enginePids({ directory }: DataPlane): Promise<Record<string, number>> {
  const found = await Promise.all(
    ENGINE_NAMES.map(async (name) => [name, (await findRunning(join(directory, name)))?.pid ?? 0] as const),
  );
  return Object.fromEntries(found);
}
