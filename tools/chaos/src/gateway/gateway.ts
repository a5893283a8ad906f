import { TOPICS } from '@ocpp-gw/contracts';
import type { DataPlane } from '@ocpp-gw/data-plane';
import { startMockBackend, type MockBackend } from '@ocpp-gw/mock-backend';
import { TcpProxy, startCommandApi, startGateway, startTogether, type Edge, type Envoy } from '@ocpp-gw/rig';
import type { FrozenBuild } from './frozen-build.ts';
import { WatchedService } from './watched-service.ts';

export const TOKEN = 'chaos-token';
const SECRET = 'whsec_Y2hhb3Mtc2VjcmV0LWNoYW9zLXNlY3JldC0wMQ==';

export const SERVICE_NAMES = ['edge-a', 'edge-b', 'api-a', 'api-b', 'ingestor', 'dispatcher'] as const;
type ServiceName = (typeof SERVICE_NAMES)[number];

/** The mock backend must forget nothing of a run. */
const MEMORY = 10_000_000;
const READY_WITHIN_MS = 180_000;

const EDGE = {
  // Envoy asks every 0.4 s.
  EVEYS_OCPP_WS_DRAIN_LB_S: '1.5',
  EVEYS_OCPP_WS_DRAIN_WINDOW_S: '3',
  // Of those that misbehave some lose power after every session, and sessions are short here.
  EVEYS_OCPP_WS_RECONNECT_MAX_DELAY_S: '2',
  EVEYS_OCPP_BACKEND_AUTHORIZE_FALLBACK: 'accept_offline',
};
/** The specified hours of retries, in a run of minutes. */
const DISPATCHER = { EVEYS_OCPP_WEBHOOK_RETRY_BASE_S: '0.2' };

/** Where chargers connect. */
export interface Access {
  /** Tried in turn. */
  urls: readonly string[];
  /** Whose certificate they trust, PEM; absent where there is no TLS. */
  ca?: string;
}

/** The whole gateway: four engines, two ws-edge behind Envoy, two command-api, one of each other service, the backend behind a connection that can be cut. */
export interface ChaosGateway {
  dataPlane: DataPlane;
  backend: MockBackend;
  backendProxy: TcpProxy;
  services: Readonly<Record<ServiceName, WatchedService>>;
  /** Absent when chargers connect to the pods themselves. */
  envoy: Envoy | undefined;
  access: Access;
  /** http://host:port/api/v1 of each command-api. */
  rests: readonly [string, string];
  stop(): Promise<void>;
}

export interface ChaosGatewayOptions {
  build: FrozenBuild;
  /** Without Envoy: chargers connect to the pods themselves, in plain text. */
  direct: boolean;
}

export function startChaosGateway({ build, direct }: ChaosGatewayOptions): Promise<ChaosGateway> {
  return startTogether(async (started) => {
    const options = { host: '127.0.0.1', port: 0, token: TOKEN, webhookSecret: SECRET, memory: MEMORY };
    const backend = await started.keep(startMockBackend(options));
    const backendProxy = await started.keep(TcpProxy.to(Number(new URL(backend.url).port)));
    const events = [TOPICS.transactionStarted, TOPICS.transactionEnded];
    const surroundings = {
      backend: { url: `http://127.0.0.1:${backendProxy.port}`, token: TOKEN, webhookSecret: SECRET, events },
      token: TOKEN,
      build: build.path,
      restarts: true,
      readyWithinMs: READY_WITHIN_MS,
    };
    const gateway = await started.keep(
      startGateway({
        ...surroundings,
        name: 'chaos',
        edges: 2,
        ...(!direct && { tls: 'envoy' as const }),
        envOf: { 'ws-edge': EDGE, 'webhook-dispatcher': DISPATCHER },
        stopSignal: 'SIGKILL',
      }),
    );
    const second = await started.keep(
      startCommandApi({ ...surroundings, name: 'second-command-api', dataPlane: gateway.dataPlane }),
    );
    const [edgeA, edgeB] = gateway.edges as [Edge, Edge];
    const processes = {
      'edge-a': edgeA.process,
      'edge-b': edgeB.process,
      'api-a': gateway.service('command-api'),
      'api-b': second.process,
      ingestor: gateway.service('clickhouse-ingestor'),
      dispatcher: gateway.service('webhook-dispatcher'),
    };
    const services = Object.fromEntries(
      SERVICE_NAMES.map((name) => [name, new WatchedService(name, processes[name])]),
    ) as Record<ServiceName, WatchedService>;
    const { dataPlane, envoy, rest, tls } = gateway;
    const rests = [rest, second.rest] as const;
    const access =
      envoy && tls
        ? { urls: [envoy.tlsUrl], ca: tls.ca.cert }
        : { urls: gateway.edges.map(({ port }) => `ws://127.0.0.1:${port}`) };
    return { dataPlane, backend, backendProxy, services, envoy, access, rests };
  });
}
