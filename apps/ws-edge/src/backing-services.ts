import { EventProducer } from '@ocpp-gw/kafka';
import { createDatabase, type Database } from '@ocpp-gw/persistence';
import { closeRedis, connectRedis } from '@ocpp-gw/redis';
import { producerMetrics, watchPool, type Logger } from '@ocpp-gw/service-kit';
import type { Redis } from 'ioredis';
import type { Registry } from 'prom-client';
import type { Config } from './config.ts';

/** Starts and stops the backing services together. Only Postgres is needed to start, because handshakes need it. */
export class BackingServices {
  readonly database: Database;
  readonly redis: Redis;
  /** For requests that charge points wait for. Many share a round trip, and commands do not wait behind them. */
  readonly cache: Redis;
  /** Used only for subscriptions. */
  readonly subscriber: Redis;
  readonly producer: EventProducer;
  /** For recorded frames, so that no event waits behind them. It connects with the first. */
  readonly frames: EventProducer;

  constructor(config: Config, registry: Registry, logger: Logger) {
    const name = `ws-edge ${config.EVEYS_OCPP_POD_NAME}`;
    this.database = createDatabase({
      url: config.EVEYS_OCPP_DB_URL,
      poolSize: config.EVEYS_OCPP_DB_POOL_SIZE,
      applicationName: name,
      logger,
    });
    watchPool(registry, () => this.database.load());
    this.redis = connectRedis(config.EVEYS_OCPP_REDIS_URL, { name: 'ws-edge', logger });
    this.cache = connectRedis(config.EVEYS_OCPP_REDIS_URL, { name: 'ws-edge cache', logger, batched: true });
    this.subscriber = connectRedis(config.EVEYS_OCPP_REDIS_URL, { name: 'ws-edge commands', logger });
    const kafka = {
      brokers: config.EVEYS_OCPP_KAFKA_BROKERS,
      clientId: name,
      onSent: producerMetrics(registry).sent,
      logger,
    };
    this.producer = new EventProducer(kafka);
    this.frames = new EventProducer(kafka);
  }

  /** @throws DatabaseUnavailableError */
  async start(): Promise<void> {
    await this.database.start();
    // Kafka may be away: the outbox grows, and charge points are not affected.
    void this.producer.start();
  }

  async stop(): Promise<void> {
    const connections = [this.redis, this.cache, this.subscriber];
    await Promise.all([this.producer.stop(), this.frames.stop(), ...connections.map(closeRedis)]);
    await this.database.stop();
  }
}
