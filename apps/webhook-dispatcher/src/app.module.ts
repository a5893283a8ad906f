import { Module, type DynamicModule } from '@nestjs/common';
import {
  WebhookDeliveries,
  WebhookSecrets,
  WebhookSubscriptions,
  WebhookTests,
  createDatabase,
  type Database,
} from '@ocpp-gw/persistence';
import { LOGGER, watchPool, type Logger } from '@ocpp-gw/service-kit';
import { register } from 'prom-client';
import { checkTargets, type Config } from './config.ts';
import { Dispatcher } from './dispatcher.ts';
import { METRICS, createWebhookMetrics, type WebhookMetrics } from './metrics.ts';

export const DATABASE = Symbol('DATABASE');

/** Composes the service from its parts. */
@Module({})
export class AppModule {
  static register(config: Config): DynamicModule {
    checkTargets(config);
    return {
      module: AppModule,
      providers: [
        {
          provide: DATABASE,
          inject: [LOGGER],
          useFactory: (logger: Logger) => {
            const database = createDatabase({
              url: config.EVEYS_OCPP_DB_URL,
              poolSize: config.EVEYS_OCPP_DB_POOL_SIZE,
              applicationName: `webhook-dispatcher ${config.EVEYS_OCPP_POD_NAME}`,
              logger,
            });
            watchPool(register, () => database.load());
            return database;
          },
        },
        {
          provide: WebhookDeliveries,
          inject: [DATABASE],
          useFactory: (database: Database) => new WebhookDeliveries(database),
        },
        {
          provide: METRICS,
          inject: [WebhookDeliveries],
          useFactory: (queue: WebhookDeliveries) => createWebhookMetrics(register, () => queue.depths()),
        },
        {
          provide: Dispatcher,
          inject: [DATABASE, WebhookDeliveries, METRICS, LOGGER],
          useFactory: (database: Database, queue: WebhookDeliveries, metrics: WebhookMetrics, logger: Logger) =>
            new Dispatcher({
              config,
              database,
              queue,
              store: new WebhookSubscriptions(database, new WebhookSecrets(config.EVEYS_OCPP_WEBHOOK_SECRET_KEY)),
              tests: new WebhookTests(database),
              metrics,
              logger,
            }),
        },
      ],
    };
  }
}
