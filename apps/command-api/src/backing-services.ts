import type { ClickHouseClient } from '@clickhouse/client';
import type { Provider } from '@nestjs/common';
import { clickhouseTarget, connectClickHouse } from '@ocpp-gw/clickhouse';
import { createDatabase, type Database } from '@ocpp-gw/persistence';
import { TransactionRequestCaller, closeRedis, connectRedis, untilReady, type CommandCaller } from '@ocpp-gw/redis';
import { LOGGER, Readiness, watchPool, type Logger } from '@ocpp-gw/service-kit';
import type { Redis } from 'ioredis';
import { register } from 'prom-client';
import { MeasuredCaller } from './commands/measured-caller.ts';
import type { Config } from './config.ts';
import { measuredClickHouse } from './measured-clickhouse.ts';
import { METRICS, type Metrics } from './metrics.ts';

/** Injection tokens. */
export const DATABASE = Symbol('DATABASE');
export const REDIS = Symbol('REDIS');
export const SUBSCRIBER = Symbol('SUBSCRIBER');
export const BUS = Symbol('BUS');
export const CLICKHOUSE = Symbol('CLICKHOUSE');

/** How long a start waits for Redis. */
const REDIS_START_MS = 10_000;

/** Starts and stops the connections to Postgres, Redis and ClickHouse together. */
export class BackingServices {
  constructor(
    private readonly parts: {
      database: Database;
      redis: Redis;
      subscriber: Redis;
      caller: CommandCaller;
      requests: TransactionRequestCaller;
      clickhouse: ClickHouseClient;
      readiness: Readiness;
    },
  ) {}

  /** The start does not wait for ClickHouse and readiness does not check it: commands and most reads work without it. */
  async start(): Promise<void> {
    const { database, redis, subscriber, caller, requests, readiness } = this.parts;
    readiness.check('postgres', () => database.ready());
    readiness.check('redis', async () => void (await redis.ping()));
    await Promise.all([database.start(), untilReady(redis, REDIS_START_MS), untilReady(subscriber, REDIS_START_MS)]);
    caller.start();
    requests.start();
  }

  async stop(): Promise<void> {
    const { database, redis, subscriber, caller, requests, clickhouse } = this.parts;
    await Promise.all([caller.stop(), requests.stop()]);
    await Promise.all([closeRedis(redis), closeRedis(subscriber), clickhouse.close(), database.stop()]);
  }
}

export function backingServices(config: Config): Provider[] {
  const applicationName = `command-api ${config.EVEYS_OCPP_POD_NAME}`;
  const redis = (name: string, logger: Logger): Redis => connectRedis(config.EVEYS_OCPP_REDIS_URL, { name, logger });
  return [
    {
      provide: DATABASE,
      inject: [LOGGER],
      useFactory: (logger: Logger) => {
        const database = createDatabase({
          url: config.EVEYS_OCPP_DB_URL,
          poolSize: config.EVEYS_OCPP_DB_POOL_SIZE,
          applicationName,
          logger,
        });
        watchPool(register, () => database.load());
        return database;
      },
    },
    { provide: REDIS, inject: [LOGGER], useFactory: (logger: Logger) => redis('command-api', logger) },
    {
      provide: SUBSCRIBER,
      inject: [LOGGER],
      useFactory: (logger: Logger) => redis('command-api replies', logger),
    },
    {
      provide: BUS,
      inject: [REDIS, SUBSCRIBER, LOGGER, METRICS],
      useFactory: (publisher: Redis, subscriber: Redis, logger: Logger, { bus }: Metrics) =>
        new MeasuredCaller({ publisher, subscriber, logger }, bus),
    },
    {
      provide: TransactionRequestCaller,
      inject: [REDIS, SUBSCRIBER, LOGGER],
      useFactory: (publisher: Redis, subscriber: Redis, logger: Logger) =>
        new TransactionRequestCaller({ publisher, subscriber, logger }),
    },
    {
      provide: CLICKHOUSE,
      inject: [METRICS],
      useFactory: ({ clickhouse }: Metrics) =>
        measuredClickHouse(connectClickHouse(clickhouseTarget(config, 'command-api')), clickhouse),
    },
    {
      provide: BackingServices,
      inject: [DATABASE, REDIS, SUBSCRIBER, BUS, TransactionRequestCaller, CLICKHOUSE, Readiness],
      useFactory: (
        database: Database,
        connection: Redis,
        subscriber: Redis,
        caller: CommandCaller,
        requests: TransactionRequestCaller,
        clickhouse: ClickHouseClient,
        readiness: Readiness,
      ) => new BackingServices({ database, redis: connection, subscriber, caller, requests, clickhouse, readiness }),
    },
  ];
}
