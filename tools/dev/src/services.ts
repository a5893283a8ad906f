import { DEFAULT_OPTIONS } from '@ocpp-gw/mock-backend';
import { APPS, ROOT, argsOf, settingsOf, type Env } from '@ocpp-gw/rig';
import { join } from 'node:path';
import type { Addresses } from './instance.ts';

/** A long-running process of the development environment. */
export interface DevService {
  name: string;
  /** What node is given. */
  args: readonly string[];
  env: Env;
  /** Answers 2xx (with the token, where one is needed) once the service can work. */
  readyUrl: string;
  token?: string;
  /** Where it answers; 0: another service answers for it. */
  port: number;
}

/**
 * The four services and the mock backend on their default ports (README.md). Variables of the caller's environment win,
 * so that any port or URL can be moved. One machine runs all of them: metrics are on four ports, one after the other.
 */
export function devServices(
  token: string,
  engines: Env,
  caller: NodeJS.ProcessEnv,
): { services: DevService[]; addresses: Addresses } {
  const given = startingWith('EVEYS_OCPP_', caller);
  const ports = {
    ws: Number(given['EVEYS_OCPP_WS_PORT'] ?? 9000),
    rest: Number(given['EVEYS_OCPP_REST_PORT'] ?? 8080),
    grpc: Number(given['EVEYS_OCPP_GRPC_PORT'] ?? 50051),
    metrics: Number(given['EVEYS_OCPP_METRICS_PORT'] ?? 9100),
    backend: Number(caller['MOCK_BACKEND_PORT'] ?? DEFAULT_OPTIONS.port),
  };
  const backend = {
    url: `http://localhost:${ports.backend}`,
    token: caller['MOCK_BACKEND_TOKEN'] ?? DEFAULT_OPTIONS.token,
    webhookSecret: caller['MOCK_BACKEND_WEBHOOK_SECRET'] ?? DEFAULT_OPTIONS.webhookSecret,
    events: ['*'],
  };
  const more = {
    EVEYS_OCPP_LOG_JSON: 'false',
    EVEYS_OCPP_BACKEND_OPTIONAL_CALLS: 'cost,charging-needs,ev-certificate',
  };
  const apps = APPS.map((app, index): DevService => {
    const port = ports.metrics + index;
    return {
      name: app,
      args: argsOf(app),
      env: {
        ...settingsOf(app, { engines, backend, token, ports }),
        ...more,
        ...given,
        EVEYS_OCPP_METRICS_PORT: String(port),
      },
      readyUrl: `http://localhost:${port}/api/v1/ready`,
      port,
    };
  });
  return {
    services: [
      {
        name: 'mock-backend',
        args: [SOURCE, join(ROOT, 'tools/mock-backend/src/main.ts')],
        env: startingWith('MOCK_BACKEND_', caller),
        readyUrl: `${backend.url}/_/health`,
        port: ports.backend,
      },
      ...apps,
    ],
    addresses: {
      websocket: `ws://localhost:${ports.ws}`,
      rest: `http://localhost:${ports.rest}/api/v1`,
      grpc: `localhost:${ports.grpc}`,
      backend: backend.url,
    },
  };
}

function startingWith(prefix: string, caller: NodeJS.ProcessEnv): Env {
  return Object.fromEntries(
    Object.entries(caller).filter((entry): entry is [string, string] => entry[0].startsWith(prefix)),
  );
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
