import 'reflect-metadata';
import { runService } from '@ocpp-gw/service-kit';
import { AppModule } from './app.module.ts';
import { configSchema, env } from './config.ts';
import { startServing, prepareWebSockets } from './lifecycle.ts';

await runService({
  name: 'ws-edge',
  schema: configSchema,
  env,
  module: (config) => AppModule.register(config),
  prepare: prepareWebSockets,
  listen: startServing,
});
