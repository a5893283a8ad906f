import { Module, type DynamicModule, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { z } from 'zod';
import { ConfigError, loadConfig, type ServiceConfig } from './config.ts';
import { Drain } from './drain.ts';
import { FrameworkLogger } from './framework-logger.ts';
import { toLogger } from './logger.ts';
import { startOpsServer } from './ops-server.ts';
import { Readiness } from './readiness.ts';
import { ServiceKitModule } from './service-kit.module.ts';
import { startTelemetry, type Telemetry } from './telemetry.ts';

@Module({})
class ServiceRoot {}

export interface Service<S extends z.ZodObject> {
  /** As in apps/: "ws-edge". */
  name: string;
  /** Declaration of the environment: a z.object of {@link serviceConfig} and the app's own variables. */
  schema: S;
  env: NodeJS.ProcessEnv;
  /** The app's root module; providers that start something do so in `onApplicationBootstrap` or in `listen`. */
  module: (config: z.infer<S>) => DynamicModule;
  /** What the log has of a URL of a request, which may hold what no log may. */
  loggedUrl?: (url: string) => string;
  /** Puts in place what must come before the routes: middleware, body parsers, API documents. */
  prepare?: (app: INestApplication, config: z.infer<S>) => void;
  /** Opens the ports, once everything is initialised. */
  listen?: (app: INestApplication, config: z.infer<S>) => Promise<void>;
}

/**
 * Boots a service: configuration, logger, Nest, ops port, its own ports, and the drain at SIGTERM or SIGINT.
 * A wrong configuration or a failing start ends the process with exit code 1 and the reason on stderr.
 */
export async function runService<S extends z.ZodObject>(service: Service<S>): Promise<void> {
  process.title = service.name;
  let telemetry: Telemetry | undefined;
  try {
    const config = loadConfig(service.schema, service.env);
    const kit = config as unknown as ServiceConfig;
    const environment = { variables: Object.keys(service.schema.shape), env: service.env };
    telemetry = await startTelemetry(service.name, kit, environment);
    const { pino } = telemetry;
    dieLoudly(telemetry);
    const root = {
      module: ServiceRoot,
      imports: [ServiceKitModule.register(pino, service.loggedUrl), service.module(config)],
    };
    const app = await NestFactory.create(root, { logger: new FrameworkLogger(toLogger(pino)), abortOnError: false });
    const readiness = app.get(Readiness);
    readiness.starting = true;
    const ops = await startOpsServer({
      host: kit.EVEYS_OCPP_METRICS_HOST,
      port: kit.EVEYS_OCPP_METRICS_PORT,
      readiness,
    });
    drainOnSignal({ app, ops, telemetry, timeoutMs: kit.EVEYS_OCPP_DRAIN_TIMEOUT_S * 1000 });
    service.prepare?.(app, config);
    await app.init();
    await service.listen?.(app, config);
    readiness.starting = false;
    pino.info({ metrics_port: kit.EVEYS_OCPP_METRICS_PORT }, 'service started');
  } catch (error) {
    if (error instanceof ConfigError) process.stderr.write(`${service.name}: ${error.message}\n`);
    else if (telemetry) telemetry.pino.fatal({ err: error }, 'service failed to start');
    else process.stderr.write(`${service.name}: ${error instanceof Error ? error.stack : String(error)}\n`);
    await telemetry?.sendLast();
    process.exit(1);
  }
}

function drainOnSignal(parts: {
  app: INestApplication;
  ops: INestApplication;
  telemetry: Telemetry;
  timeoutMs: number;
}): void {
  const { app, ops, telemetry, timeoutMs } = parts;
  const { pino, sendLast } = telemetry;
  let draining = false;
  const drain = async (signal: string): Promise<void> => {
    if (draining) return;
    draining = true;
    pino.info({ signal }, 'draining');
    app.get(Readiness).draining = true;
    setTimeout(() => {
      pino.error({ timeout_ms: timeoutMs }, 'drain took too long, exiting');
      process.exit(1);
    }, timeoutMs).unref();
    await app.get(Drain).run();
    await app.close();
    await ops.close();
    pino.info('drained');
    await sendLast();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void drain(signal));
}

/** A process in an unknown state is restarted rather than trusted; what was acknowledged is durable already. */
function dieLoudly({ pino, sendLast }: Telemetry): void {
  const die = (err: unknown, kind: string): void => {
    pino.fatal({ err }, kind);
    void sendLast().finally(() => process.exit(1));
  };
  process.on('uncaughtException', (error) => die(error, 'uncaught exception'));
  process.on('unhandledRejection', (reason) => die(reason, 'unhandled rejection'));
}
