import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { createTopics } from '@ocpp-gw/kafka';
import { startMockBackend, type MockBackend } from '@ocpp-gw/mock-backend';
import { Outbox, createDatabase, migrate, type Database } from '@ocpp-gw/persistence';
import { eventually } from '@ocpp-gw/testing';
import type { Pod } from './pod.ts';

/** Pods over real Postgres, Redis and Kafka, before a mock backend. */
export class Gateway {
  readonly plane: DataPlane;
  readonly backend: MockBackend;
  readonly database: Database;
  readonly pods: Pod[] = [];

  private constructor(plane: DataPlane, backend: MockBackend, database: Database) {
    this.plane = plane;
    this.backend = backend;
    this.database = database;
  }

  static async start(name: string): Promise<Gateway> {
    const plane = await startDataPlane({ name, only: ['postgres', 'redis', 'kafka'] });
    await Promise.all([
      migrate({ url: plane.postgresUrl, applicationName: 'spec' }),
      createTopics({ brokers: [plane.kafkaBrokers], partitions: 1, replicationFactor: 1 }),
    ]);
    const backend = await startMockBackend({ host: '127.0.0.1', port: 0 });
    const database = createDatabase({ url: plane.postgresUrl, poolSize: 2, applicationName: 'spec' });
    await database.start();
    return new Gateway(plane, backend, database);
  }

  async pod(env: NodeJS.ProcessEnv = {}): Promise<Pod> {
    // A static import would meet Nest's Prometheus module before Nest, and with it a require cycle.
    const { Pod } = await import('./pod.ts');
    const { plane, backend, pods } = this;
    const pod = await Pod.start({
      EVEYS_OCPP_DB_URL: plane.postgresUrl,
      EVEYS_OCPP_REDIS_URL: plane.redisUrl,
      EVEYS_OCPP_KAFKA_BROKERS: plane.kafkaBrokers,
      EVEYS_OCPP_BACKEND_BASE_URL: backend.url,
      EVEYS_OCPP_BACKEND_TOKEN: 'dev-token',
      EVEYS_OCPP_BACKEND_DEADLINE_S: '10',
      EVEYS_OCPP_BACKEND_BREAKER_COOLDOWN_S: '0.5',
      EVEYS_OCPP_WS_ALLOW_UNKNOWN_CHARGE_POINTS: 'true',
      EVEYS_OCPP_WS_ONLINE_TTL_S: '9',
      EVEYS_OCPP_WS_STATION_CACHE_S: '0',
      EVEYS_OCPP_POD_NAME: `pod-${pods.length + 1}`,
      ...env,
    });
    pods.push(pod);
    return pod;
  }

  /** Everything committed has been acknowledged by Kafka, and by the backend. */
  async delivered(): Promise<void> {
    const outbox = new Outbox(this.database);
    await eventually(
      async () => (await outbox.depth('kafka')).rows + (await outbox.depth('backend')).rows,
      (rows) => rows === 0,
    );
  }

  /** Between two tests: no pods, and a backend that knows nothing. */
  async reset(): Promise<void> {
    await Promise.all(this.pods.splice(0).map((pod) => pod.stop()));
    this.backend.clear();
  }

  async stop(): Promise<void> {
    await Promise.all([this.database.stop(), this.backend.stop()]);
    await this.plane.stop();
  }
}
