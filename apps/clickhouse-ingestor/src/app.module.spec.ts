import 'reflect-metadata';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Test } from '@nestjs/testing';
import { Drain, LOGGER, Readiness, loadConfig, type Logger } from '@ocpp-gw/service-kit';
import { register } from 'prom-client';
import { AppModule } from './app.module.ts';
import { configSchema } from './config.ts';
import { consume } from './consume.ts';

const quiet: Logger = { debug() {}, info() {}, warn() {}, error() {}, child: () => quiet };

describe('AppModule', () => {
  afterEach(() => register.clear());

  it('is not ready without Kafka and ClickHouse, says why, and can be drained all the same', async () => {
    const config = loadConfig(configSchema, {
      EVEYS_OCPP_KAFKA_BROKERS: '127.0.0.1:1',
      EVEYS_OCPP_CLICKHOUSE_URL: 'http://127.0.0.1:1',
      EVEYS_OCPP_START_TIMEOUT_S: '0',
    });
    const readiness = new Readiness();
    const drain = new Drain(quiet);
    const kit = {
      module: class Kit {},
      global: true,
      providers: [
        { provide: LOGGER, useValue: quiet },
        { provide: Readiness, useValue: readiness },
        { provide: Drain, useValue: drain },
      ],
      exports: [LOGGER, Readiness, Drain],
    };
    const module = await Test.createTestingModule({ imports: [kit, AppModule.register(config)] }).compile();
    const starting = consume(module.createNestApplication(), config).catch((error: Error) => error.message);
    expect(await readiness.state()).toEqual({
      status: 'unavailable',
      checks: { kafka: 'not a member of the consumer group', clickhouse: expect.stringContaining('ECONNREFUSED') },
    });
    await drain.run();
    expect(await starting).toMatch(/cannot consume from Kafka at 127\.0\.0\.1:1: check EVEYS_OCPP_KAFKA_BROKERS/);
  });
});
