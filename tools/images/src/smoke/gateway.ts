import { pickFreePorts, startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { startMockBackend, type MockBackend } from '@ocpp-gw/mock-backend';
import type { App, Started } from '@ocpp-gw/rig';
import { APPS, engineSettings, settingsOf, type Env } from '@ocpp-gw/rig/settings';
import { Container, runJob, type RunOptions } from './container.ts';
import type { Places } from './session.ts';

const TOKEN = 'image-smoke-token';
const SECRET = 'whsec_aW1hZ2Utc21va2UtaW1hZ2Utc21va2UtaW1hZ2UtMDE=';

/** The jobs in the order in which a deployment runs them. */
const JOBS: readonly { app: App; command: string }[] = [
  { app: 'ws-edge', command: 'pg-migrate.js' },
  { app: 'ws-edge', command: 'topics.js' },
  { app: 'clickhouse-ingestor', command: 'ch-migrate.js' },
];

export interface ContainedGateway {
  places: Places;
  containers: Readonly<Record<App, Container>>;
}

export interface ContainedOptions extends Pick<RunOptions, 'runtime' | 'files'> {
  imageOf: (app: App) => string;
  report: (message: string) => void;
}

/** Engines, the mock backend, the jobs and the four services; the jobs and services run from their images. */
export async function startContained(options: ContainedOptions, started: Started): Promise<ContainedGateway> {
  const { imageOf, report, runtime, files } = options;
  report('starting Postgres, Redis, Kafka, ClickHouse and the mock backend');
  const dataPlane = await started.keep(startDataPlane({ name: 'image-smoke', ports: 'random' }));
  const mock = { host: '127.0.0.1', port: 0, token: TOKEN, webhookSecret: SECRET };
  const backend = await started.keep(startMockBackend(mock));
  const engines = engineSettings(dataPlane);
  const run = (app: App, env: Env): RunOptions => ({
    ...{ image: imageOf(app), name: `ocpp-gw-smoke-${app}-${process.pid}`, env, files },
    ...(runtime && { runtime }),
  });
  for (const { app, command } of JOBS)
    report(`${command}: ${await runJob({ ...run(app, engines), command: [command] })}`);
  const [ws = 0, rest = 0, grpc = 0] = await pickFreePorts(3);
  const surroundings = {
    ...{ engines, token: TOKEN, host: '127.0.0.1', ports: { rest, grpc } },
    backend: { url: backend.url, token: TOKEN, webhookSecret: SECRET, events: ['*'] },
  };
  const containers: Partial<Record<App, Container>> = {};
  // One after the other, so that each has the machine to itself while its start is timed.
  for (const app of APPS) {
    const env = { ...settingsOf(app, surroundings), ...(app === 'ws-edge' && { EVEYS_OCPP_WS_PORT: String(ws) }) };
    const container = await started.keep(Container.start(run(app, env), dataPlane.directory));
    report(`${app} is ready`);
    containers[app] = container;
  }
  return {
    places: placesOf(dataPlane, backend, { ws, rest }),
    containers: containers as Record<App, Container>,
  };
}

function placesOf(dataPlane: DataPlane, backend: MockBackend, ports: { ws: number; rest: number }): Places {
  return {
    edge: `ws://127.0.0.1:${ports.ws}`,
    rest: `http://127.0.0.1:${ports.rest}/api/v1`,
    token: TOKEN,
    clickhouseUrl: dataPlane.clickhouseUrl,
    backend,
  };
}
