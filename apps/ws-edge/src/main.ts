import 'reflect-metadata';
import { runService } from '@ocpp-gw/service-kit';
import { AppModule } from './app.module.ts';
import { configSchema, env } from './config.ts';
import { openDoor, prepareDoor } from './door.ts';

await runService({
  name: 'ws-edge',
  schema: configSchema,
  env,
  module: (config) => AppModule.register(config),
  prepare: prepareDoor,
  listen: openDoor,
});
