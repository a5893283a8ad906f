import { Envoy, pickFreePorts, startDataPlane } from '@ocpp-gw/data-plane';
import { startMockBackend } from '@ocpp-gw/mock-backend';
import { makeTlsFiles, type Authority } from '@ocpp-gw/testing';
import { Client } from 'pg';
import { ServiceProcess } from './service-process.ts';
import { TOKEN, migrate } from './stack.ts';

export interface Pod {
  readonly name: string;
  readonly port: number;
  readonly process: ServiceProcess;
}

/**
 * Envoy before two ws-edge that open their door with mutual TLS to it alone. Postgres, Redis and command-api: nothing
 * here is about what leaves the gateway, so Kafka stays away and the outbox keeps the events.
 */
export interface EnvoyStack {
  envoy: Envoy;
  pods: readonly Pod[];
  /** http://host:port/api/v1 */
  rest: string;
  database: Client;
  ca: Authority;
  caFile: string;
  /** Certificates and the rendered configuration. */
  folder: string;
  stop(): Promise<void>;
}

/** Starts everything, or leaves nothing behind. */
export async function startEnvoyStack(): Promise<EnvoyStack> {
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    return { ...(await startAll((end) => void stops.push(end))), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startAll(onStop: (end: () => Promise<unknown>) => void): Promise<Omit<EnvoyStack, 'stop'>> {
  const tls = await makeTlsFiles();
  onStop(() => tls.remove());
  const backend = await startMockBackend({ host: '127.0.0.1', port: 0, token: 'dev-token' });
  onStop(() => backend.stop());
  const plane = await startDataPlane({ name: 'e2e-envoy', only: ['postgres', 'redis'] });
  onStop(() => plane.stop());
  const shared = {
    EVEYS_OCPP_DB_URL: plane.postgresUrl,
    EVEYS_OCPP_REDIS_URL: plane.redisUrl,
    EVEYS_OCPP_KAFKA_BROKERS: '127.0.0.1:1',
  };
  await migrate('libs/persistence/dist/migrate.js', shared);
  const edgeEnv = {
    ...tls.edgeEnv,
    ...tls.behindEnvoyEnv,
    EVEYS_OCPP_WS_HOST: '127.0.0.1',
    EVEYS_OCPP_WS_DRAIN_LB_S: '1.5',
    EVEYS_OCPP_WS_DRAIN_WINDOW_S: '2',
    EVEYS_OCPP_BACKEND_BASE_URL: backend.url,
    EVEYS_OCPP_BACKEND_TOKEN: 'dev-token',
  };
  const [wsA, wsB, restPort, grpcPort] = await pickFreePorts(4);
  const start = async (app: string, env: Record<string, string>): Promise<ServiceProcess> => {
    const service = await ServiceProcess.start(app, { ...shared, ...env });
    onStop(() => service.stop());
    return service;
  };
  const startPod = async (name: string, port = 0): Promise<Pod> => {
    const place = { EVEYS_OCPP_WS_TLS_PORT: String(port), EVEYS_OCPP_POD_NAME: name };
    return { name, port, process: await start('ws-edge', { ...edgeEnv, ...place }) };
  };
  const [edgeA, edgeB, api] = await Promise.allSettled([
    startPod('edge-a', wsA),
    startPod('edge-b', wsB),
    start('command-api', {
      EVEYS_OCPP_REST_HOST: '127.0.0.1',
      EVEYS_OCPP_REST_PORT: String(restPort),
      EVEYS_OCPP_GRPC_HOST: '127.0.0.1',
      EVEYS_OCPP_GRPC_PORT: String(grpcPort),
      EVEYS_OCPP_REST_INBOUND_TOKENS: TOKEN,
    }),
  ]);
  // All have settled: what did start is stopped even when another did not.
  if (api.status === 'rejected') throw api.reason;
  const pods = [edgeA, edgeB].map((edge) => {
    if (edge.status === 'rejected') throw edge.reason;
    return edge.value;
  });
  const envoy = await Envoy.start({
    pods: pods.map(({ port, process: { opsPort } }) => `127.0.0.1:${port}:${opsPort}`),
    folder: tls.folder,
    serverName: tls.serverName,
  });
  onStop(() => envoy.stop());
  const database = new Client({ connectionString: plane.postgresUrl });
  await database.connect();
  onStop(() => database.end());
  return {
    envoy,
    pods,
    rest: `http://127.0.0.1:${restPort}/api/v1`,
    database,
    ca: tls.ca,
    caFile: tls.caFile,
    folder: tls.folder,
  };
}
