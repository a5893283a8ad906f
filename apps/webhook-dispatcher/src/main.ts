import 'reflect-metadata';
import { runService } from '@ocpp-gw/service-kit';
import { AppModule } from './app.module.ts';
import { configSchema, env } from './config.ts';
import { dispatch } from './dispatch.ts';

await runService({
  name: 'webhook-dispatcher',
  schema: configSchema,
  env,
  module: (config) => AppModule.register(config),
  listen: dispatch,
});
