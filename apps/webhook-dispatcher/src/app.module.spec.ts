import 'reflect-metadata';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Test } from '@nestjs/testing';
import { ConfigError, Drain, LOGGER, Readiness, loadConfig, type Logger } from '@ocpp-gw/service-kit';
import { register } from 'prom-client';
import { AppModule } from './app.module.ts';
import { configSchema, type Config } from './config.ts';
import { dispatch } from './dispatch.ts';

const quiet: Logger = { debug() {}, info() {}, warn() {}, error() {}, child: () => quiet };

const config = (env: NodeJS.ProcessEnv = {}, url = 'https://example.com/hook'): Config => {
  const secrets = [`whsec_${Buffer.alloc(32, 1).toString('base64')}`];
  const EVEYS_OCPP_WEBHOOKS = JSON.stringify([{ name: 'a', url, secrets, events: ['*'] }]);
  return loadConfig(configSchema, { EVEYS_OCPP_WEBHOOKS, ...env });
};

describe('AppModule', () => {
  afterEach(() => register.clear());

  it.each(['http://127.0.0.1:8081/hook', 'http://[fd00::1]/hook', 'http://169.254.169.254/latest'])(
    'refuses %s at boot',
    (url) => {
      expect(() => AppModule.register(config({}, url))).toThrow(ConfigError);
      expect(() => AppModule.register(config({}, url))).toThrow(
        /EVEYS_OCPP_WEBHOOKS at 0\.url: .* is no public address; set EVEYS_OCPP_WEBHOOK_ALLOW_PRIVATE_TARGETS=true/,
      );
    },
  );

  it('takes a private address where that is allowed', () => {
    const env = { EVEYS_OCPP_WEBHOOK_ALLOW_PRIVATE_TARGETS: 'true' };
    expect(() => AppModule.register(config(env, 'http://127.0.0.1:8081/hook'))).not.toThrow();
  });

  it('does not start without Postgres, says why, and can be drained all the same', async () => {
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
    const away = config({
      EVEYS_OCPP_KAFKA_BROKERS: '127.0.0.1:1',
      EVEYS_OCPP_DB_URL: 'postgresql://u:p@127.0.0.1:1/db',
      EVEYS_OCPP_START_TIMEOUT_S: '0',
    });
    const module = await Test.createTestingModule({ imports: [kit, AppModule.register(away)] }).compile();
    await expect(dispatch(module.createNestApplication(), away)).rejects.toThrow(/no Postgres at 127\.0\.0\.1:1/);
    const { status, checks } = await readiness.state();
    expect(status).toBe('unavailable');
    expect(Object.keys(checks)).toEqual(['postgres', 'kafka']);
    await drain.run();
  });
});
