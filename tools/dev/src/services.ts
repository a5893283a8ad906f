import { DEFAULT_OPTIONS } from '@ocpp-gw/mock-backend';
import { join } from 'node:path';
import { QUIET, ROOT } from './repository.ts';

/** A long-running process of the development environment. */
export interface DevService {
  name: string;
  /** What node is given. */
  args: readonly string[];
  env: Record<string, string>;
  /** Answers 2xx (with the token, where one is needed) once the service can work. */
  readyUrl: string;
  token?: string;
  port: number;
}

export interface Addresses {
  websocket: string;
  rest: string;
  grpc: string;
  backend: string;
}

const app = (name: string): string[] => [QUIET, join(ROOT, 'apps', name, 'dist/main.js')];

/**
 * The four services and the mock backend on their default ports (README.md). Variables of the caller's
 * environment win, so that any port or URL can be moved; the metrics ports differ because one machine runs them all.
 */
export function devServices(
  token: string,
  caller: NodeJS.ProcessEnv,
): { services: DevService[]; addresses: Addresses } {
  const given = Object.fromEntries(
    Object.entries(caller).filter(([name, value]) => name.startsWith('EVEYS_OCPP_') && value !== undefined),
  ) as Record<string, string>;
  const ports = {
    ws: given['EVEYS_OCPP_WS_PORT'] ?? '9000',
    rest: given['EVEYS_OCPP_REST_PORT'] ?? '8080',
    grpc: given['EVEYS_OCPP_GRPC_PORT'] ?? '50051',
    backend: caller['MOCK_BACKEND_PORT'] ?? String(DEFAULT_OPTIONS.port),
  };
  const backend = `http://localhost:${ports.backend}`;
  const secret = caller['MOCK_BACKEND_WEBHOOK_SECRET'] ?? DEFAULT_OPTIONS.webhookSecret;
  const webhooks = [{ name: 'mock-backend', url: `${backend}/webhooks`, secrets: [secret], events: ['*'] }];
  const defaults: Record<string, string> = {
    EVEYS_OCPP_LOG_JSON: 'false',
    EVEYS_OCPP_WS_ALLOW_UNKNOWN_CHARGE_POINTS: 'true',
    EVEYS_OCPP_BACKEND_BASE_URL: backend,
    EVEYS_OCPP_BACKEND_TOKEN: caller['MOCK_BACKEND_TOKEN'] ?? DEFAULT_OPTIONS.token,
    EVEYS_OCPP_BACKEND_OPTIONAL_CALLS: 'cost,charging-needs,ev-certificate',
    EVEYS_OCPP_REST_INBOUND_TOKENS: token,
    EVEYS_OCPP_REST_OPENAPI_ENABLED: 'true',
    EVEYS_OCPP_WEBHOOKS: JSON.stringify(webhooks),
    EVEYS_OCPP_WEBHOOK_ALLOW_PRIVATE_TARGETS: 'true',
  };
  const service = (name: string, metricsPort: number): DevService => ({
    name,
    args: app(name),
    env: { ...defaults, ...given, EVEYS_OCPP_METRICS_PORT: String(metricsPort) },
    readyUrl: `http://localhost:${metricsPort}/api/v1/ready`,
    port: metricsPort,
  });
  const addresses = {
    websocket: `ws://localhost:${ports.ws}`,
    rest: `http://localhost:${ports.rest}/api/v1`,
    grpc: `localhost:${ports.grpc}`,
    backend,
  };
  const mock = Object.fromEntries(Object.entries(caller).filter(([name]) => name.startsWith('MOCK_BACKEND_')));
  return {
    services: [
      {
        name: 'mock-backend',
        args: [SOURCE, join(ROOT, 'tools/mock-backend/src/main.ts')],
        env: mock as Record<string, string>,
        readyUrl: `${backend}/_/health`,
        port: Number(ports.backend),
      },
      service('ws-edge', 9100),
      service('command-api', 9101),
      service('clickhouse-ingestor', 9102),
      service('webhook-dispatcher', 9103),
    ],
    addresses,
  };
}

/** A charger of each protocol that stays connected, so that there is one to command. */
export function liveChargers({ websocket, rest }: Addresses, token: string): DevService[] {
  const charger = (protocol: string, id: string): DevService => ({
    name: id.toLowerCase(),
    args: [
      ...[SOURCE, join(ROOT, 'tools/charger-sim/src/main.ts'), '--url', websocket, '--protocol', protocol],
      ...['--id', id, '--sessions', '0', '--stay'],
    ],
    env: {},
    readyUrl: `${rest}/charge-points/${id}`,
    token,
    port: 0,
  });
  return [charger('1.6', LIVE_16), charger('2.0.1', LIVE_201)];
}

export const LIVE_16 = 'DEMO-16-LIVE';
export const LIVE_201 = 'DEMO-201-LIVE';
const SOURCE = '--conditions=@ocpp-gw/source';
