import { Module, type DynamicModule } from '@nestjs/common';
import { LOGGER, type Logger } from '@ocpp-gw/service-kit';
import { register } from 'prom-client';
import type { Config } from './config.ts';
import { Ingestion } from './ingestion.ts';
import { METRICS, createIngestorMetrics, type IngestorMetrics } from './metrics.ts';

/** Composes the service from its parts. */
@Module({})
export class AppModule {
  static register(config: Config): DynamicModule {
    return {
      module: AppModule,
      providers: [
        { provide: METRICS, useFactory: () => createIngestorMetrics(register) },
        {
          provide: Ingestion,
          inject: [METRICS, LOGGER],
          useFactory: (metrics: IngestorMetrics, logger: Logger) => new Ingestion(config, metrics, logger),
        },
      ],
    };
  }
}
