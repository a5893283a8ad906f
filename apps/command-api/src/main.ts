import 'reflect-metadata';
import { runService } from '@ocpp-gw/service-kit';
import { AppModule } from './app.module.ts';
import { configSchema, env } from './config.ts';
import { startApis, prepareApis } from './lifecycle.ts';
import { loggedUrl } from './rest/logged-url.ts';

await runService({
  name: 'command-api',
  schema: configSchema,
  env,
  module: (config) => AppModule.register(config),
  prepare: prepareApis,
  listen: startApis,
  loggedUrl,
});
