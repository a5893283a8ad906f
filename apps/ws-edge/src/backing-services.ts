import { EventProducer } from '@ocpp-gw/kafka';
import { createDatabase, type Database } from '@ocpp-gw/persistence';
import { closeRedis, connectRedis } from '@ocpp-gw/redis';
import type { Logger } from '@ocpp-gw/service-kit';
import type { Redis } from 'ioredis';
import type { Config } from './config.ts';

/** What we talk to, started and stopped together. Only Postgres has to be there: without it nobody gets in. */
export class BackingServices {
  readonly database: Database;
  readonly redis: Redis;
  /** For what chargers wait for: many share a round trip. Commands do not wait behind it. */
  readonly cache: Redis;
  /** Used for nothing but subscriptions. */
  readonly subscriber: Redis;
  readonly producer: EventProducer;

  constructor(config: Config, logger: Logger) {
    const name = `ws-edge ${config.EVEYS_OCPP_POD_NAME}`;
    this.database = createDatabase({
      url: config.EVEYS_OCPP_DB_URL,
      poolSize: config.EVEYS_OCPP_DB_POOL_SIZE,
      applicationName: name,
      logger,
    });
    this.redis = connectRedis(config.EVEYS_OCPP_REDIS_URL, { name: 'ws-edge', logger });
    this.cache = connectRedis(config.EVEYS_OCPP_REDIS_URL, { name: 'ws-edge cache', logger, batched: true });
    this.subscriber = connectRedis(config.EVEYS_OCPP_REDIS_URL, { name: 'ws-edge commands', logger });
    this.producer = new EventProducer({ brokers: config.EVEYS_OCPP_KAFKA_BROKERS, clientId: name, logger });
  }

  /** @throws DatabaseUnavailableError */
  async start(): Promise<void> {
    await this.database.start();
    // Kafka may be away: the outbox grows, and chargers notice nothing.
    void this.producer.start();
  }

  async stop(): Promise<void> {
    const connections = [this.redis, this.cache, this.subscriber];
    await Promise.all([this.producer.stop(), ...connections.map(closeRedis)]);
    await this.database.stop();
  }
}
