import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { ConfigError, flag, loadConfig, port, seconds, serviceConfig } from './config.ts';
import { secrecyOf } from './secrecy.ts';

const schema = z.object({
  ...serviceConfig,
  EVEYS_OCPP_WS_PORT: port().default(9000),
  EVEYS_OCPP_BACKEND_TOKEN: z.string().min(5).default('abcdef'),
  EVEYS_OCPP_REQUIRED: z.string(),
});

function problems(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    loadConfig(schema, env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('loadConfig', () => {
  it('gives defaults for everything unset or empty', () => {
    const config = loadConfig(schema, { EVEYS_OCPP_REQUIRED: 'x', EVEYS_OCPP_WS_PORT: '' });
    expect(config).toMatchObject({ EVEYS_OCPP_WS_PORT: 9000, EVEYS_OCPP_LOG_LEVEL: 'INFO', EVEYS_OCPP_LOG_JSON: true });
    expect(config.EVEYS_OCPP_POD_NAME).toContain(String(process.pid));
  });

  it('takes log levels in any case', () => {
    expect(loadConfig(schema, { EVEYS_OCPP_REQUIRED: 'x', EVEYS_OCPP_LOG_LEVEL: 'debug' }).EVEYS_OCPP_LOG_LEVEL).toBe(
      'DEBUG',
    );
  });

  it('lists every problem at once, each by its variable', () => {
    const found = problems({ EVEYS_OCPP_WS_PORT: 'nine', EVEYS_OCPP_LOG_JSON: 'maybe', EVEYS_OCPP_LOG_LEVEL: 'loud' });
    expect(found).toHaveLength(4);
    expect(found).toEqual([
      expect.stringMatching(/^EVEYS_OCPP_LOG_LEVEL: .*got "loud"/),
      expect.stringMatching(/^EVEYS_OCPP_LOG_JSON: must be true or false, got "maybe"/),
      expect.stringMatching(/^EVEYS_OCPP_WS_PORT: must be a port number, got "nine"/),
      expect.stringMatching(/^EVEYS_OCPP_REQUIRED: is required/),
    ]);
  });

  it('never shows the value of a secret', () => {
    const found = problems({ EVEYS_OCPP_REQUIRED: 'x', EVEYS_OCPP_BACKEND_TOKEN: 'hush' });
    expect(found.join()).toContain('EVEYS_OCPP_BACKEND_TOKEN');
    expect(found.join()).not.toContain('hush');
  });
});

describe(secrecyOf, () => {
  it.each([
    ['EVEYS_OCPP_BACKEND_TOKEN', 'secret'],
    ['EVEYS_OCPP_CLICKHOUSE_PASSWORD', 'secret'],
    ['EVEYS_OCPP_WS_AUTH_PROOF_SECRET', 'secret'],
    ['EVEYS_OCPP_WEBHOOKS', 'secret'],
    ['EVEYS_OCPP_SENTRY_DSN', 'secret'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'secret'],
    ['EVEYS_OCPP_DB_URL', 'url'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'url'],
    ['EVEYS_OCPP_WEBHOOK_TIMEOUT_S', 'open'],
  ])('%s: %s', (variable, secrecy) => {
    expect(secrecyOf(variable)).toBe(secrecy);
  });
});

describe.each([
  [port(), '65535', true],
  [port(), '65536', false],
  [port(), '-1', false],
  [port(), '80.5', false],
  [flag(), 'off', true],
  [flag(), '2', false],
  [seconds(), '0.5', true],
  [seconds(), '-1', false],
])('field types', (type, value, fits) => {
  it(`${fits ? 'accept' : 'refuse'} ${value}`, () => {
    expect(type.safeParse(value).success).toBe(fits);
  });
});
