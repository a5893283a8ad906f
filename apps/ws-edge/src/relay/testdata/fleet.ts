import { randomUUID } from 'node:crypto';
import { CONSUMERS, TOPICS } from '@ocpp-gw/contracts';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { EventConsumer, EventProducer, createTopics } from '@ocpp-gw/kafka';
import { Leadership, Outbox, createDatabase, migrate, type Database, type OutboxEntry } from '@ocpp-gw/persistence';
import { closeRedis, connectRedis } from '@ocpp-gw/redis';
import { sqlOf } from '@ocpp-gw/persistence/testing';
import { eventually } from '@ocpp-gw/testing';
import { Registry } from 'prom-client';
import { Commit, OutboxLimit, StationRecorder } from '../../effects/index.ts';
import { createEdgeMetrics } from '../../metrics.ts';
import { recordingLogger } from '../../testdata/recording-logger.ts';
import { Relays, type RelaysOptions } from '../relays.ts';

export type Receiver = NonNullable<RelaysOptions['backend']>;

export interface RelayPod {
  relays: Relays;
  /** How many shards of Kafka's lane it leads. */
  shards(): Promise<number>;
  /** Commits an event of the charger. */
  tell(cpId: string, n: number): Promise<void>;
  /** Commits a call of the charger to the backend. */
  call(cpId: string, n: number): Promise<void>;
  /** The process is gone: its connection is cut, and it comes back no more. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** Pods that only relay, over real Postgres, Redis and Kafka, and what a consumer of Kafka takes. */
export class RelayFleet {
  readonly plane: DataPlane;
  readonly database: Database;
  readonly outbox: Outbox;
  /** Charger and number of each event, as the consumer took them. */
  readonly taken: [cpId: string, n: number][] = [];
  readonly pods: RelayPod[] = [];
  private consumer: EventConsumer | undefined;

  private constructor(plane: DataPlane, database: Database) {
    this.plane = plane;
    this.database = database;
    this.outbox = new Outbox(database);
  }

  static async start(name: string): Promise<RelayFleet> {
    const plane = await startDataPlane({ name, only: ['postgres', 'redis', 'kafka'] });
    await migrate({ url: plane.postgresUrl, applicationName: 'spec' });
    await createTopics({ brokers: [plane.kafkaBrokers], partitions: 3, replicationFactor: 1 });
    const database = createDatabase({ url: plane.postgresUrl, poolSize: 6, applicationName: 'spec' });
    await database.start();
    const fleet = new RelayFleet(plane, database);
    await fleet.consume();
    return fleet;
  }

  /** Between two tests. */
  async reset(): Promise<void> {
    await Promise.all(this.pods.splice(0).map((pod) => pod.stop()));
    this.taken.length = 0;
  }

  async stop(): Promise<void> {
    await this.reset();
    await this.consumer?.stop();
    await this.database.stop();
    await this.plane.stop();
  }

  async pod(name: string, backend: Receiver | null = null): Promise<RelayPod> {
    const { plane } = this;
    const logger = recordingLogger();
    const database = createDatabase({ url: plane.postgresUrl, poolSize: 4, applicationName: name });
    await database.start();
    const cache = connectRedis(plane.redisUrl, { name, logger, batched: true });
    const subscriber = connectRedis(plane.redisUrl, { name, logger });
    const producer = new EventProducer({ brokers: [plane.kafkaBrokers], clientId: name });
    await producer.start();
    const leadership = new Leadership(database);
    const metrics = createEdgeMetrics(new Registry());
    const limit = new OutboxLimit({ maxRows: 1_000_000, logger });
    const outbox = new Outbox(database);
    const given = { outbox, leadership, producer, backend, cache, subscriber, limit, metrics, logger };
    const relays = new Relays(given);
    relays.start();
    const commit = new Commit({ database, outbox, onCommitted: (places) => relays.committed(places) });
    const recorder = new StationRecorder({ commit, pod: name, instanceId: randomUUID() });
    const pod: RelayPod = {
      relays,
      shards: async () =>
        (await metrics.outboxShards.get()).values.find(({ labels }) => labels.lane === 'kafka')?.value ?? 0,
      tell: (cpId, n) =>
        recorder.recordCommand(
          cpId,
          'ocpp1.6',
          { commandId: idOf(n), action: 'Reset', outcome: { kind: 'timeout', action: 'Reset' }, late: false },
          new Date(),
        ),
      call: (cpId, n) => commit.entriesAlone([callOf(cpId, n)]),
      kill: async () => {
        leadership.connect = () => Promise.reject(new Error('killed'));
        await this.cut(name);
      },
      stop: async () => {
        await relays.stop();
        await leadership.stop();
        await Promise.all([producer.stop(), closeRedis(cache), closeRedis(subscriber)]);
        await database.stop();
      },
    };
    this.pods.push(pod);
    return pod;
  }

  /** The pod's connection that holds its leases is lost. */
  async cut(name: string): Promise<void> {
    await sqlOf(this.database).query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1`,
      [`${name} leases`],
    );
  }

  /** What of a charger's was taken, each once: at least once is what is promised. */
  of(cpId: string): number[] {
    return [...new Set(this.taken.filter(([of]) => of === cpId).map(([, n]) => n))];
  }

  async emptied(): Promise<void> {
    await eventually(
      async () => (await this.outbox.depth('kafka')).rows + (await this.outbox.depth('backend')).rows === 0,
    );
  }

  private async consume(): Promise<void> {
    this.consumer = new EventConsumer({
      brokers: [this.plane.kafkaBrokers],
      clientId: 'spec',
      groupId: CONSUMERS.ingestor,
      topics: [TOPICS.command],
      onBatch: ({ messages }) => {
        for (const { event } of messages)
          if (event.payload?.$case === 'commandCompleted')
            this.taken.push([event.cpId, numberOf(event.payload.value.commandId)]);
        return Promise.resolve();
      },
    });
    await this.consumer.start();
  }
}

function callOf(cpId: string, n: number): OutboxEntry {
  const payload = Buffer.from(JSON.stringify({ n }));
  return { lane: 'backend', destination: '/sessions', cpId, eventId: randomUUID(), payload };
}

/** Events of a charge point are told apart by the ids of their commands. */
function idOf(n: number): string {
  return `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
}

function numberOf(commandId: string): number {
  return Number(commandId.slice(-12));
}
