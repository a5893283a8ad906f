import { IN_CHECKOUT, type Build } from './repository.ts';
import type { Env } from './engines.ts';

export const APPS = ['ws-edge', 'command-api', 'clickhouse-ingestor', 'webhook-dispatcher'] as const;
export type App = (typeof APPS)[number];

/** The backend that the gateway talks to, and that receives its webhooks at /webhooks. */
export interface Backend {
  url: string;
  token: string;
  webhookSecret: string;
  /** Which events it subscribes to. */
  events: readonly string[];
}

export interface Surroundings {
  engines: Env;
  backend: Backend;
  /** What REST and gRPC ask for. */
  token: string;
  /** Which address the services listen on; every one when absent. */
  host?: string;
  ports: Readonly<Record<'rest' | 'grpc', number>>;
}

/** What every ws-edge of the surroundings has in common; its port and its name come on top. */
function edgeSettings({ backend, host }: Surroundings): Env {
  return {
    ...(host === undefined ? {} : { EVEYS_OCPP_WS_HOST: host }),
    EVEYS_OCPP_WS_ALLOW_UNKNOWN_CHARGE_POINTS: 'true',
    EVEYS_OCPP_BACKEND_BASE_URL: backend.url,
    EVEYS_OCPP_BACKEND_TOKEN: backend.token,
  };
}

function apiSettings({ host, ports, token }: Surroundings): Env {
  return {
    ...(host === undefined ? {} : { EVEYS_OCPP_REST_HOST: host, EVEYS_OCPP_GRPC_HOST: host }),
    EVEYS_OCPP_REST_PORT: String(ports.rest),
    EVEYS_OCPP_GRPC_PORT: String(ports.grpc),
    EVEYS_OCPP_REST_INBOUND_TOKENS: token,
    EVEYS_OCPP_REST_OPENAPI_ENABLED: 'true',
    EVEYS_OCPP_WEBHOOK_ALLOW_PRIVATE_TARGETS: 'true',
  };
}

function dispatcherSettings({ backend: { url, webhookSecret, events } }: Surroundings): Env {
  const subscription = { name: 'mock-backend', url: `${url}/webhooks`, secrets: [webhookSecret], events };
  return {
    EVEYS_OCPP_WEBHOOK_ALLOW_PRIVATE_TARGETS: 'true',
    EVEYS_OCPP_WEBHOOKS: JSON.stringify([subscription]),
  };
}

const OWN: Record<App, (surroundings: Surroundings) => Env> = {
  'ws-edge': edgeSettings,
  'command-api': apiSettings,
  'clickhouse-ingestor': () => ({}),
  'webhook-dispatcher': dispatcherSettings,
};

/** The environment in which a service finds its surroundings. */
export function settingsOf(app: App, surroundings: Surroundings): Env {
  return { ...surroundings.engines, ...OWN[app](surroundings) };
}

/** What node is given to run the service as it was built. */
export function argsOf(app: App, build: Build = IN_CHECKOUT): string[] {
  return [build(`apps/${app}/dist/main.js`)];
}
