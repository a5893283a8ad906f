import 'reflect-metadata';
import { runService } from '@ocpp-gw/service-kit';
import { AppModule } from './app.module.ts';
import { configSchema, env } from './config.ts';
import { consume } from './consume.ts';

await runService({
  name: 'clickhouse-ingestor',
  schema: configSchema,
  env,
  module: (config) => AppModule.register(config),
  listen: consume,
});
