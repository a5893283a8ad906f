import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { TOPICS } from '@ocpp-gw/contracts';
import { pickFreePort, pickFreePorts, startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { startMockBackend, type MockBackend } from '@ocpp-gw/mock-backend';
import { Wire } from '../faults/wire.ts';
import type { FrozenBuild } from './frozen-build.ts';
import { Service } from './service.ts';

export const SERVICE_NAMES = ['edge-a', 'edge-b', 'command-api', 'ingestor', 'dispatcher'] as const;

export type ServiceName = (typeof SERVICE_NAMES)[number];

const APPS: Record<ServiceName, string> = {
  'edge-a': 'ws-edge',
  'edge-b': 'ws-edge',
  'command-api': 'command-api',
  ingestor: 'clickhouse-ingestor',
  dispatcher: 'webhook-dispatcher',
};

export const TOKEN = 'chaos-token';
const SECRET = 'whsec_Y2hhb3Mtc2VjcmV0LWNoYW9zLXNlY3JldC0wMQ==';
/** The mock backend must forget nothing of a run. */
const MEMORY = 10_000_000;

/** The whole gateway: four engines, two ws-edge, one of each other service, the backend behind a wire that can be cut. */
export interface Gateway {
  dataPlane: DataPlane;
  backend: MockBackend;
  wire: Wire;
  services: Readonly<Record<ServiceName, Service>>;
  edgeUrls: readonly string[];
  /** http://host:port/api/v1 */
  rest: string;
  stop(): Promise<void>;
}

export async function startGateway(build: FrozenBuild): Promise<Gateway> {
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of stops.splice(0).toReversed()) await end();
  };
  try {
    return { ...(await startAll(build, stops)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startAll(build: FrozenBuild, stops: (() => Promise<unknown>)[]): Promise<Omit<Gateway, 'stop'>> {
  const dataPlane = await startDataPlane({ name: 'chaos', ports: 'random' });
  stops.push(() => dataPlane.stop());
  const backend = await startMockBackend({
    host: '127.0.0.1',
    port: 0,
    token: TOKEN,
    webhookSecret: SECRET,
    memory: MEMORY,
  });
  stops.push(() => backend.stop());
  const wire = new Wire(await pickFreePort(), Number(new URL(backend.url).port));
  await wire.mend();
  stops.push(() => wire.cut());

  const engines = {
    EVEYS_OCPP_DB_URL: dataPlane.postgresUrl,
    EVEYS_OCPP_REDIS_URL: dataPlane.redisUrl,
    EVEYS_OCPP_KAFKA_BROKERS: dataPlane.kafkaBrokers,
    EVEYS_OCPP_CLICKHOUSE_URL: dataPlane.clickhouseUrl,
  };
  await Promise.all(
    [
      'libs/persistence/dist/migrate.js',
      'apps/clickhouse-ingestor/dist/migrate.js',
      'libs/kafka/dist/create-topics.js',
    ].map((script) =>
      promisify(execFile)(process.execPath, [build.path(script)], { env: { PATH: process.env['PATH'], ...engines } }),
    ),
  );
  const [edgeA, edgeB, rest, grpc, ...ops] = (await pickFreePorts(4 + SERVICE_NAMES.length)) as [
    number,
    number,
    number,
    number,
    ...number[],
  ];
  const backendUrl = `http://127.0.0.1:${wire.port}`;
  const settings = settingsOf({ engines, backendUrl, edgeA, edgeB, rest, grpc });
  const services = Object.fromEntries(
    SERVICE_NAMES.map((name, index) => [
      name,
      new Service({
        name,
        script: build.path(`apps/${APPS[name]}/dist/main.js`),
        opsPort: ops[index] as number,
        env: settings[name],
      }),
    ]),
  ) as Record<ServiceName, Service>;
  stops.push(() => Promise.all(Object.values(services).map((service) => service.kill())));
  await Promise.all(Object.values(services).map((service) => service.start()));
  const edgeUrls = [edgeA, edgeB].map((port) => `ws://127.0.0.1:${port}`);
  return { dataPlane, backend, wire, services, edgeUrls, rest: `http://127.0.0.1:${rest}/api/v1` };
}

interface Places {
  engines: Readonly<Record<string, string>>;
  backendUrl: string;
  edgeA: number;
  edgeB: number;
  rest: number;
  grpc: number;
}

function settingsOf({ engines, backendUrl, edgeA, edgeB, rest, grpc }: Places) {
  const edge = (pod: string, port: number): Record<string, string> => ({
    ...engines,
    EVEYS_OCPP_POD_NAME: pod,
    EVEYS_OCPP_WS_HOST: '127.0.0.1',
    EVEYS_OCPP_WS_PORT: String(port),
    EVEYS_OCPP_WS_ALLOW_UNKNOWN_CHARGE_POINTS: 'true',
    EVEYS_OCPP_BACKEND_BASE_URL: backendUrl,
    EVEYS_OCPP_BACKEND_TOKEN: TOKEN,
    EVEYS_OCPP_BACKEND_AUTHORIZE_FALLBACK: 'accept_offline',
  });
  const subscription = {
    name: 'chaos',
    url: `${backendUrl}/webhooks`,
    secrets: [SECRET],
    events: [TOPICS.transactionStarted, TOPICS.transactionEnded],
  };
  return {
    'edge-a': edge('edge-a', edgeA),
    'edge-b': edge('edge-b', edgeB),
    'command-api': {
      ...engines,
      EVEYS_OCPP_REST_HOST: '127.0.0.1',
      EVEYS_OCPP_REST_PORT: String(rest),
      EVEYS_OCPP_GRPC_HOST: '127.0.0.1',
      EVEYS_OCPP_GRPC_PORT: String(grpc),
      EVEYS_OCPP_REST_INBOUND_TOKENS: TOKEN,
    },
    ingestor: engines,
    dispatcher: {
      ...engines,
      EVEYS_OCPP_WEBHOOK_ALLOW_PRIVATE_TARGETS: 'true',
      // The specified hours of patience, in a run of minutes.
      EVEYS_OCPP_WEBHOOK_RETRY_BASE_S: '0.2',
      EVEYS_OCPP_WEBHOOKS: JSON.stringify([subscription]),
    },
  } satisfies Record<ServiceName, Record<string, string>>;
}
