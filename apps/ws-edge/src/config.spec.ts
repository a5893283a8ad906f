import { describe, expect, it } from '@jest/globals';
import { ConfigError, loadConfig } from '@ocpp-gw/service-kit';
import { configSchema } from './config.ts';

function problems(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    loadConfig(configSchema, env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

describe('configSchema', () => {
  it('has the documented defaults (docs/11-configuration-reference.md)', () => {
    expect(loadConfig(configSchema, {})).toMatchObject({
      EVEYS_OCPP_WS_HOST: '0.0.0.0',
      EVEYS_OCPP_WS_PORT: 9000,
      EVEYS_OCPP_WS_ALLOW_UNKNOWN_CHARGE_POINTS: false,
      EVEYS_OCPP_WS_MAX_FRAME_BYTES: 1_048_576,
      EVEYS_OCPP_BACKEND_AUTHORIZE_FALLBACK: 'reject',
      EVEYS_OCPP_WS_TOLERANCE: 'lenient',
    });
  });

  it('names every variable that is wrong, at once', () => {
    const found = problems({
      EVEYS_OCPP_WS_PORT: 'nine',
      EVEYS_OCPP_WS_PATH_PREFIX: 'ocpp/',
      EVEYS_OCPP_BACKEND_BASE_URL: 'localhost:9200',
      EVEYS_OCPP_BACKEND_AUTHORIZE_FALLBACK: 'maybe',
    }).join('\n');
    for (const name of ['WS_PORT', 'WS_PATH_PREFIX', 'BACKEND_BASE_URL', 'BACKEND_AUTHORIZE_FALLBACK'])
      expect(found).toContain(`EVEYS_OCPP_${name}`);
  });

  it.each([
    [{ EVEYS_OCPP_WS_PLAIN: 'false' }, /EVEYS_OCPP_WS_TLS_PORT.*must be set when EVEYS_OCPP_WS_PLAIN is false/],
    [{ EVEYS_OCPP_WS_TLS_PORT: '9443' }, /EVEYS_OCPP_WS_TLS_CERT_FILES.*must name a certificate/],
    [
      {
        EVEYS_OCPP_WS_TLS_PORT: '9443',
        EVEYS_OCPP_WS_TLS_CERT_FILES: 'a.pem, b.pem',
        EVEYS_OCPP_WS_TLS_KEY_FILES: 'a',
      },
      /EVEYS_OCPP_WS_TLS_KEY_FILES.*one key for each file of EVEYS_OCPP_WS_TLS_CERT_FILES: 2, not 1/,
    ],
    [
      {
        EVEYS_OCPP_WS_TLS_PORT: '9443',
        EVEYS_OCPP_WS_TLS_CERT_FILES: 'a.pem',
        EVEYS_OCPP_WS_TLS_KEY_FILES: 'a',
        EVEYS_OCPP_WS_TLS_REQUIRE_CLIENT_CERT: 'true',
      },
      /EVEYS_OCPP_WS_TLS_CLIENT_CA_FILE.*must be set when client certificates are required/,
    ],
  ])('refuses TLS settings that are incomplete: %j', (env, problem) => {
    expect(problems(env).join()).toMatch(problem);
  });

  it('refuses a drain that cannot end in time', () => {
    expect(problems({ EVEYS_OCPP_WS_DRAIN_WINDOW_S: '60' }).join()).toMatch(/EVEYS_OCPP_DRAIN_TIMEOUT_S.*at least 75/);
  });
});
