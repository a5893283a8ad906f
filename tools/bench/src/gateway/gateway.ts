import { join, resolve } from 'node:path';
import { ENGINE_NAMES, findRunning, pickFreePort, type DataPlane } from '@ocpp-gw/data-plane';
import { DEFAULT_OPTIONS } from '@ocpp-gw/mock-backend';
import { ServiceProcess, startGateway, startTogether, type App } from '@ocpp-gw/rig';
import { APPS, ROOT } from '@ocpp-gw/rig/settings';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { Watched } from '../cpu/cpu-meter.ts';
import type { BenchOptions } from '../options.ts';

export const TOKEN = 'bench-token';

/** What keeps chargers from coming all at once and never pausing is lifted; all the rest is on, as deployed. */
const UNLIMITED = {
  EVEYS_OCPP_WS_RATE_PER_S: '100000',
  EVEYS_OCPP_WS_RATE_BURST: '100000',
  EVEYS_OCPP_WS_ADMIT_BURST: '100000',
};

/** The whole gateway on real engines, one of each service; the mock backend is a process of its own. */
export interface BenchGateway {
  postgresUrl: string;
  clickhouseUrl: string;
  /** ws://host:port */
  edgeUrl: string;
  /** http://host:port/api/v1 */
  rest: string;
  services: Readonly<Record<App, ServiceProcess>>;
  /** Every process of it, by its name in the report. */
  watched: Watched;
  stop(): Promise<void>;
}

/** Starts everything, or leaves nothing behind. */
export function startBenchGateway({ profile }: Pick<BenchOptions, 'profile'>): Promise<BenchGateway> {
  return startTogether(async (started) => {
    const directory = await mkdtemp(join(tmpdir(), 'ocpp-gw-bench-'));
    started.onStop(() => rm(directory, { recursive: true }));
    const backend = { url: `http://127.0.0.1:${await pickFreePort()}`, token: 'dev-token' };
    const mock = await started.keep(startMockBackend(backend.url, directory));
    const gateway = await started.keep(
      startGateway({
        name: 'bench',
        // What a backend subscribes to: the sessions, not each meter value. The secret is the mock backend's own, public on purpose.
        backend: { ...backend, webhookSecret: DEFAULT_OPTIONS.webhookSecret, events: ['tx.started', 'tx.ended'] },
        token: TOKEN,
        edges: 1,
        envOf: { 'ws-edge': UNLIMITED },
        // Nothing here is worth a drain; but a profile is written at a proper end only.
        stopSignal: profile ? 'SIGTERM' : 'SIGKILL',
        ...(profile && { flags: (app: App) => profiling(app, profile) }),
      }),
    );
    const [edge] = gateway.edges;
    if (!edge) throw new Error('no ws-edge was started');
    const serviceOf = (app: App): ServiceProcess => (app === 'ws-edge' ? edge.process : gateway.service(app));
    const services = Object.fromEntries(APPS.map((app) => [app, serviceOf(app)])) as Record<App, ServiceProcess>;
    const pids = Object.entries(services).map(([app, { pid }]) => [app, pid] as const);
    return {
      postgresUrl: gateway.dataPlane.postgresUrl,
      clickhouseUrl: gateway.dataPlane.clickhouseUrl,
      edgeUrl: `ws://127.0.0.1:${edge.port}`,
      rest: gateway.rest,
      services,
      watched: { 'mock backend': mock.pid, ...(await enginePids(gateway.dataPlane)), ...Object.fromEntries(pids) },
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
