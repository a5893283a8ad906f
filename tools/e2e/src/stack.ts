import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { createClient, type ClickHouseClient } from '@clickhouse/client';
import { pickFreePorts, startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { startMockBackend, type MockBackend, type MockBackendOptions } from '@ocpp-gw/mock-backend';
import { makeTlsFiles, type Authority } from '@ocpp-gw/testing';
import { ROOT, ServiceProcess } from './service-process.ts';

export const TOKEN = 'e2e-token';
export const WEBHOOK_SECRET = 'whsec_ZTJlLXNlY3JldC1lMmUtc2VjcmV0LTAx';

/** The whole gateway: four engines, two ws-edge, one of each other service, the mock backend. Nothing is mocked but the backend. */
export interface Stack {
  dataPlane: DataPlane;
  /** May be replaced by another at the same URL. */
  backend: MockBackend;
  /** ws://host:port of each ws-edge. */
  edgeUrls: readonly [string, string];
  edges: readonly [ServiceProcess, ServiceProcess];
  api: ServiceProcess;
  ingestor: ServiceProcess;
  dispatcher: ServiceProcess;
  /** wss://host:port of the first ws-edge. */
  tlsUrl: string;
  /** Issued the certificate there, and is trusted for those of chargers. */
  ca: Authority;
  /** http://host:port/api/v1 */
  rest: string;
  grpcAddress: string;
  clickhouse: ClickHouseClient;
  stop(): Promise<void>;
}

type Keep = <T extends { stop(): Promise<unknown> }>(starting: Promise<T>) => Promise<T>;

/** Starts everything, or leaves nothing behind: what still ran would keep the failed test run from ending. */
export async function startStack(
  name: string,
  backendOptions: Partial<MockBackendOptions> = {},
  moreEdgeEnv: Record<string, string> = {},
): Promise<Stack> {
  const starting: Promise<{ stop(): Promise<unknown> }>[] = [];
  const keep: Keep = (one) => {
    starting.push(one);
    return one;
  };
  try {
    return await startAll(name, backendOptions, moreEdgeEnv, keep);
  } catch (error) {
    for (const one of await Promise.allSettled(starting)) if (one.status === 'fulfilled') await one.value.stop();
    throw error;
  }
}

async function startAll(
  name: string,
  backendOptions: Partial<MockBackendOptions>,
  moreEdgeEnv: Record<string, string>,
  keep: Keep,
): Promise<Stack> {
  const [dataPlane, backend, tls] = await Promise.all([
    keep(startDataPlane({ name, ports: 'random' })),
    keep(
      startMockBackend({
        host: '127.0.0.1',
        port: 0,
        token: 'dev-token',
        webhookSecret: WEBHOOK_SECRET,
        ...backendOptions,
      }),
    ),
    makeTlsFiles(),
  ]);
  const shared = {
    EVEYS_OCPP_DB_URL: dataPlane.postgresUrl,
    EVEYS_OCPP_REDIS_URL: dataPlane.redisUrl,
    EVEYS_OCPP_KAFKA_BROKERS: dataPlane.kafkaBrokers,
    EVEYS_OCPP_CLICKHOUSE_URL: dataPlane.clickhouseUrl,
  };
  await Promise.all([
    migrate('libs/persistence/dist/migrate.js', shared),
    migrate('apps/clickhouse-ingestor/dist/migrate.js', shared),
    migrate('libs/kafka/dist/create-topics.js', shared),
  ]);
  const [wsA, tlsA, wsB, restPort, grpcPort] = await pickFreePorts(5);
  const edgeEnv = {
    ...shared,
    EVEYS_OCPP_WS_HOST: '127.0.0.1',
    EVEYS_OCPP_WS_ALLOW_UNKNOWN_CHARGE_POINTS: 'true',
    EVEYS_OCPP_BACKEND_BASE_URL: backend.url,
    EVEYS_OCPP_BACKEND_TOKEN: 'dev-token',
    EVEYS_OCPP_DATA_TRANSFERS: JSON.stringify([
      { vendor_id: 'com.example.meters', message_ids: ['Calibration'] },
      { vendor_id: 'com.example.backend', answer: 'backend' },
    ]),
    ...moreEdgeEnv,
  };
  const start = (app: string, env: Record<string, string>): Promise<ServiceProcess> =>
    keep(ServiceProcess.start(app, env));
  const services = await Promise.all([
    start('ws-edge', {
      ...edgeEnv,
      ...tls.edgeEnv,
      EVEYS_OCPP_WS_PORT: String(wsA),
      EVEYS_OCPP_WS_TLS_PORT: String(tlsA),
      EVEYS_OCPP_POD_NAME: 'edge-a',
    }),
    start('ws-edge', { ...edgeEnv, EVEYS_OCPP_WS_PORT: String(wsB), EVEYS_OCPP_POD_NAME: 'edge-b' }),
    start('command-api', {
      ...shared,
      EVEYS_OCPP_REST_HOST: '127.0.0.1',
      EVEYS_OCPP_REST_PORT: String(restPort),
      EVEYS_OCPP_GRPC_HOST: '127.0.0.1',
      EVEYS_OCPP_GRPC_PORT: String(grpcPort),
      EVEYS_OCPP_REST_INBOUND_TOKENS: TOKEN,
      EVEYS_OCPP_REST_OPENAPI_ENABLED: 'true',
    }),
    start('clickhouse-ingestor', shared),
    start('webhook-dispatcher', {
      ...shared,
      EVEYS_OCPP_WEBHOOK_ALLOW_PRIVATE_TARGETS: 'true',
      EVEYS_OCPP_WEBHOOKS: JSON.stringify([
        { name: 'e2e', url: `${backend.url}/webhooks`, secrets: [WEBHOOK_SECRET], events: ['*'] },
      ]),
    }),
  ]);
  const clickhouse = createClient({ url: dataPlane.clickhouseUrl, database: 'ocpp' });
  const stack: Stack = {
    dataPlane,
    backend,
    edgeUrls: [`ws://127.0.0.1:${wsA}`, `ws://127.0.0.1:${wsB}`],
    edges: [services[0], services[1]],
    api: services[2],
    ingestor: services[3],
    dispatcher: services[4],
    tlsUrl: `wss://127.0.0.1:${tlsA}`,
    ca: tls.ca,
    rest: `http://127.0.0.1:${restPort}/api/v1`,
    grpcAddress: `127.0.0.1:${grpcPort}`,
    clickhouse,
    async stop() {
      await Promise.all([clickhouse.close(), ...services.map((service) => service.stop())]);
      await Promise.all([stack.backend.stop(), dataPlane.stop(), tls.remove()]);
    },
  };
  return stack;
}

export async function migrate(script: string, env: Record<string, string>): Promise<void> {
  await promisify(execFile)(process.execPath, [resolve(ROOT, script)], { env: { PATH: process.env['PATH'], ...env } });
}

export interface RestAnswer {
  status: number;
  type: string;
  body: Record<string, unknown>;
}

export async function rest(
  stack: Pick<Stack, 'rest'>,
  method: string,
  path: string,
  body?: unknown,
  token = TOKEN,
  signal?: AbortSignal,
): Promise<RestAnswer> {
  const response = await fetch(`${stack.rest}${path}`, {
    method,
    signal,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const type = response.headers.get('content-type') ?? '';
  const text = await response.text();
  return {
    status: response.status,
    type,
    body: /json/.test(type) ? (JSON.parse(text) as Record<string, unknown>) : { text },
  };
}
