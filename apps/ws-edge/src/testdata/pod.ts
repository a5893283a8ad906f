import { Module, type DynamicModule, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Drain, LOGGER, Readiness, loadConfig } from '@ocpp-gw/service-kit';
import { register } from 'prom-client';
import { AppModule } from '../app.module.ts';
import { configSchema } from '../config.ts';
import { startServing, prepareWebSockets } from '../lifecycle.ts';
import { OcppServer } from '../session/ocpp-server.ts';
import { TestCharger } from '../session/testdata/charger.ts';
import { recordingLogger, type LogLine } from './recording-logger.ts';

@Module({})
class PodModule {}

/** The whole service in this process, on a port of its own: what runService does, without the process. */
export class Pod {
  private readonly app: INestApplication;
  readonly ports: OcppServer['ports'];
  readonly lines: LogLine[];

  private constructor(app: INestApplication, ports: OcppServer['ports'], lines: LogLine[]) {
    this.app = app;
    this.ports = ports;
    this.lines = lines;
  }

  static async start(env: NodeJS.ProcessEnv): Promise<Pod> {
    const config = loadConfig(configSchema, {
      EVEYS_OCPP_WS_HOST: '127.0.0.1',
      EVEYS_OCPP_WS_PORT: '0',
      EVEYS_OCPP_WS_DRAIN_LB_S: '0',
      EVEYS_OCPP_WS_DRAIN_WINDOW_S: '0.2',
      EVEYS_OCPP_WS_FIRST_MESSAGE_GRACE_S: '0.1',
      ...env,
    });
    // Several pods share this process, and each declares its metrics.
    register.clear();
    const logger = recordingLogger();
    const kit: DynamicModule = {
      module: PodModule,
      global: true,
      imports: [AppModule.register(config)],
      providers: [
        { provide: LOGGER, useValue: logger },
        { provide: Readiness, useValue: new Readiness() },
        { provide: Drain, useValue: new Drain(logger) },
      ],
      exports: [LOGGER, Readiness, Drain],
    };
    const app = await NestFactory.create(kit, { logger: false, abortOnError: false });
    prepareWebSockets(app);
    await app.init();
    await startServing(app, config);
    return new Pod(app, app.get(OcppServer).ports, logger.lines);
  }

  get readiness(): Readiness {
    return this.app.get(Readiness);
  }

  connect(cpId: string, protocols?: string[], headers?: Record<string, string>): Promise<TestCharger> {
    return TestCharger.connect({ url: `ws://127.0.0.1:${this.ports.plain}`, cpId, protocols, headers });
  }

  /** As at SIGTERM. */
  async stop(): Promise<void> {
    await this.app.get(Drain).run();
    await this.app.close();
  }
}
