import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Envoy, pickFreePort, pickFreePorts, startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { startMockBackend, type MockBackend } from '@ocpp-gw/mock-backend';
import { makeTlsFiles } from '@ocpp-gw/testing';
import { Wire } from '../faults/wire.ts';
import type { Door } from '../fleet/connection.ts';
import type { FrozenBuild } from './frozen-build.ts';
import { Service } from './service.ts';
import { SECRET, SERVICE_NAMES, TOKEN, settingsOf, type ServiceName } from './settings.ts';

const APPS: Record<ServiceName, string> = {
  'edge-a': 'ws-edge',
  'edge-b': 'ws-edge',
  'command-api': 'command-api',
  ingestor: 'clickhouse-ingestor',
  dispatcher: 'webhook-dispatcher',
};

/** The mock backend must forget nothing of a run. */
const MEMORY = 10_000_000;

/** The whole gateway: four engines, two ws-edge behind Envoy, one of each other service, the backend behind a wire that can be cut. */
export interface Gateway {
  dataPlane: DataPlane;
  backend: MockBackend;
  wire: Wire;
  services: Readonly<Record<ServiceName, Service>>;
  /** Absent when chargers come straight to the pods. */
  envoy: Envoy | undefined;
  door: Door;
  /** http://host:port/api/v1 */
  rest: string;
  stop(): Promise<void>;
}

export interface GatewayOptions {
  build: FrozenBuild;
  /** Without Envoy: chargers connect to the pods themselves, in plain text. */
  direct: boolean;
}

export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of stops.splice(0).toReversed()) await end();
  };
  try {
    return { ...(await startAll(options, stops)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startAll(
  { build, direct }: GatewayOptions,
  stops: (() => Promise<unknown>)[],
): Promise<Omit<Gateway, 'stop'>> {
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
  const tls = direct ? undefined : await makeTlsFiles();
  if (tls) stops.push(() => tls.remove());
  const [doorA = 0, doorB = 0, rest = 0, grpc = 0, ...ops] = await pickFreePorts(4 + SERVICE_NAMES.length);
  const settings = settingsOf({
    engines,
    backendUrl: `http://127.0.0.1:${wire.port}`,
    doors: [doorA, doorB],
    behindEnvoy: tls && { ...tls.edgeEnv, ...tls.behindEnvoyEnv },
    rest,
    grpc,
  });
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
  const envoy =
    tls &&
    (await Envoy.start({
      pods: [`127.0.0.1:${doorA}:${ops[0]}`, `127.0.0.1:${doorB}:${ops[1]}`],
      folder: tls.folder,
      serverName: tls.serverName,
    }));
  if (envoy) stops.push(() => envoy.stop());
  const door = envoy
    ? { urls: [envoy.tlsUrl], ca: tls.ca.cert }
    : { urls: [doorA, doorB].map((port) => `ws://127.0.0.1:${port}`) };
  return { dataPlane, backend, wire, services, envoy, door, rest: `http://127.0.0.1:${rest}/api/v1` };
}
