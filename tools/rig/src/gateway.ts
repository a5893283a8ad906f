import { pickFreePorts, startDataPlane, type DataPlane, type EngineName } from '@ocpp-gw/data-plane';
import { makeTlsFiles, type TlsFiles } from '@ocpp-gw/testing';
import { engineSettings, prepareEngines, type Env } from './engines.ts';
import { Envoy } from './envoy.ts';
import { IN_CHECKOUT, type Build } from './repository.ts';
import { ServiceProcess, type AppOptions } from './service-process.ts';
import { argsOf, settingsOf, type App, type Backend } from './service.ts';
import { startTogether, type Started } from './started.ts';

export interface GatewayOptions {
  /** Names the data plane. */
  name: string;
  backend: Backend;
  token: string;
  /** How many ws-edge: edge-a, edge-b, … */
  edges: number;
  /** Which other services, one of each; all when absent. */
  others?: readonly Exclude<App, 'ws-edge'>[];
  /** Which engines; all four when absent. */
  engines?: readonly EngineName[];
  /** `first`: the first ws-edge has a port with TLS besides. `envoy`: all have no other, and only Envoy, which runs too, is let in. */
  tls?: 'first' | 'envoy';
  /** More settings of every service, and of some. */
  env?: Env;
  envOf?: Partial<Record<App, Env>>;
  build?: Build;
  /** More for node. */
  flags?: (app: App) => readonly string[];
  /** As {@link ServiceProcess.start} takes it. */
  restarts?: boolean;
  readyWithinMs?: number;
  /** How the services end when all is stopped; SIGTERM when absent. */
  stopSignal?: NodeJS.Signals;
}

/** A ws-edge, and where chargers find it: at its only port, that with TLS behind Envoy. */
export interface Edge {
  readonly name: string;
  readonly port: number;
  readonly process: ServiceProcess;
}

export interface Gateway {
  dataPlane: DataPlane;
  edges: readonly Edge[];
  /** @throws Error when it was left out */
  service(app: Exclude<App, 'ws-edge'>): ServiceProcess;
  /** http://host:port/api/v1 */
  rest: string;
  /** host:port */
  grpc: string;
  tls: TlsFiles | undefined;
  /** wss://host:port of the first ws-edge. */
  tlsUrl: string | undefined;
  envoy: Envoy | undefined;
  stop(): Promise<void>;
}

const OTHERS = ['command-api', 'clickhouse-ingestor', 'webhook-dispatcher'] as const;

/** The gateway on engines of its own, all ports free ones: everything is started, or nothing is left behind. */
export function startGateway(options: GatewayOptions): Promise<Gateway> {
  return startTogether((started) => startAll(options, started));
}

async function startAll(options: GatewayOptions, started: Started): Promise<Omit<Gateway, 'stop'>> {
  const { name, others = OTHERS, build = IN_CHECKOUT } = options;
  const dataPlane = await started.keep(
    startDataPlane({ name, ports: 'random', ...(options.engines && { only: options.engines }) }),
  );
  const engines = engineSettings(dataPlane);
  await prepareEngines(engines, build);
  const tls = options.tls && (await makeTlsFiles());
  if (tls) started.onStop(() => tls.remove());
  const [rest = 0, grpc = 0, tlsPort = 0, ...ports] = await pickFreePorts(3 + options.edges);
  const surroundings = { ...options, engines, host: '127.0.0.1', ports: { rest, grpc } };

  const start = async (app: App, more: Pick<AppOptions, 'env'> & { name?: string }): Promise<ServiceProcess> => {
    const service = await ServiceProcess.startApp({
      app,
      args: [...(options.flags?.(app) ?? []), ...argsOf(app, build)],
      directory: dataPlane.directory,
      ...(options.restarts && { restarts: true }),
      ...(options.readyWithinMs && { readyWithinMs: options.readyWithinMs }),
      ...more,
      env: { ...settingsOf(app, surroundings), ...more.env, ...options.env, ...options.envOf?.[app] },
    });
    services.push(service);
    return service;
  };
  const services: ServiceProcess[] = [];
  started.onStop(() => Promise.all(services.map((service) => service.stop(options.stopSignal))));

  const startEdge = async (port: number, index: number): Promise<Edge> => {
    const edge = `edge-${String.fromCharCode('a'.charCodeAt(0) + index)}`;
    const env = { EVEYS_OCPP_POD_NAME: edge, ...listening(options.tls, tls, port, index === 0 ? tlsPort : undefined) };
    return { name: edge, port, process: await start('ws-edge', { name: edge, env }) };
  };
  // All have settled: what did start is stopped even when another did not.
  const [edges, rest_] = await Promise.all([
    Promise.allSettled(ports.map(startEdge)),
    Promise.allSettled(others.map((app) => start(app, { env: {} }))),
  ]);
  const failed = [...edges, ...rest_].find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
  const running = edges.flatMap((edge) => (edge.status === 'fulfilled' ? [edge.value] : []));
  const envoy =
    options.tls === 'envoy' && tls
      ? await started.keep(
          Envoy.start({
            pods: running.map(({ port, process }) => `127.0.0.1:${port}:${process.opsPort}`),
            folder: tls.folder,
            serverName: tls.serverName,
          }),
        )
      : undefined;
  return {
    dataPlane,
    edges: running,
    service(app) {
      const found = services.find((service) => service.name === app);
      if (!found) throw new Error(`${app} is not part of ${name}`);
      return found;
    },
    rest: `http://127.0.0.1:${rest}/api/v1`,
    grpc: `127.0.0.1:${grpc}`,
    tls,
    tlsUrl: options.tls === 'first' ? `wss://127.0.0.1:${tlsPort}` : undefined,
    envoy,
  };
}

/** Where a ws-edge listens. */
function listening(mode: GatewayOptions['tls'], tls: TlsFiles | undefined, port: number, tlsPort?: number): Env {
  if (mode === 'envoy') return { ...tls?.edgeEnv, ...tls?.behindEnvoyEnv, EVEYS_OCPP_WS_TLS_PORT: String(port) };
  const plain = { EVEYS_OCPP_WS_PORT: String(port) };
  return mode === 'first' && tlsPort !== undefined
    ? { ...plain, ...tls?.edgeEnv, EVEYS_OCPP_WS_TLS_PORT: String(tlsPort) }
    : plain;
}
