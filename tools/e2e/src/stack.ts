import { createClient, type ClickHouseClient } from '@clickhouse/client';
import type { DataPlane } from '@ocpp-gw/data-plane';
import { startMockBackend, type MockBackend, type MockBackendOptions } from '@ocpp-gw/mock-backend';
import { startGateway, startTogether, type Edge, type ServiceProcess } from '@ocpp-gw/rig';
import type { Authority, TlsFiles } from '@ocpp-gw/testing';

export const TOKEN = 'e2e-token';
/** May do nothing but read. */
export const READ_TOKEN = 'e2e-read-token';
export const BACKEND_TOKEN = 'dev-token';
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

const DATA_TRANSFERS = [
  { vendor_id: 'com.example.meters', message_ids: ['Calibration'] },
  { vendor_id: 'com.example.backend', answer: 'backend' },
];

/** Starts everything, or leaves nothing behind: what still ran would keep the failed test run from ending. */
export function startStack(
  name: string,
  backendOptions: Partial<MockBackendOptions> = {},
  edgeEnv: Record<string, string> = {},
  apiEnv: Record<string, string> = {},
  env: Record<string, string> = {},
): Promise<Stack> {
  return startTogether(async (started) => {
    const options = { host: '127.0.0.1', port: 0, token: BACKEND_TOKEN, webhookSecret: WEBHOOK_SECRET };
    const stack = { backend: await startMockBackend({ ...options, ...backendOptions }) };
    started.onStop(() => stack.backend.stop());
    const gateway = await started.keep(
      startGateway({
        name,
        backend: { url: stack.backend.url, token: BACKEND_TOKEN, webhookSecret: WEBHOOK_SECRET, events: ['*'] },
        token: `${TOKEN},reader:read:${READ_TOKEN}`,
        edges: 2,
        tls: 'first',
        env,
        envOf: {
          'ws-edge': { EVEYS_OCPP_DATA_TRANSFERS: JSON.stringify(DATA_TRANSFERS), ...edgeEnv },
          'command-api': apiEnv,
        },
      }),
    );
    const clickhouse = createClient({ url: gateway.dataPlane.clickhouseUrl, database: 'ocpp' });
    started.onStop(() => clickhouse.close());
    const [first, second] = gateway.edges as [Edge, Edge];
    return Object.assign(stack, {
      dataPlane: gateway.dataPlane,
      edgeUrls: [`ws://127.0.0.1:${first.port}`, `ws://127.0.0.1:${second.port}`] as const,
      edges: [first.process, second.process] as const,
      api: gateway.service('command-api'),
      ingestor: gateway.service('clickhouse-ingestor'),
      dispatcher: gateway.service('webhook-dispatcher'),
      tlsUrl: String(gateway.tlsUrl),
      ca: (gateway.tls as TlsFiles).ca,
      rest: gateway.rest,
      grpcAddress: gateway.grpc,
      clickhouse,
    });
  });
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
