import { describe, expect, it } from '@jest/globals';
import { DEFAULT_OPTIONS, readOptions } from './options.ts';

describe('readOptions', () => {
  it('keeps the documented defaults in an empty environment', () => {
    expect(readOptions({ MOCK_BACKEND_PORT: '' })).toEqual({ ok: true, options: DEFAULT_OPTIONS });
    expect(DEFAULT_OPTIONS).toMatchObject({ host: '0.0.0.0', port: 9200, token: 'dev-token' });
  });

  it('reads every variable', () => {
    const reading = readOptions({
      MOCK_BACKEND_HOST: '127.0.0.1',
      MOCK_BACKEND_PORT: '19201',
      MOCK_BACKEND_TOKEN: 't',
      MOCK_BACKEND_REGISTER_STATUS: 'Pending',
      MOCK_BACKEND_HEARTBEAT_INTERVAL_S: '30',
      MOCK_BACKEND_AUTHORIZE_STATUS: 'Invalid',
      MOCK_BACKEND_ID_TOKENS: '{"TAG1":{"status":"Blocked"}}',
      MOCK_BACKEND_LATENCY_MS: '5',
      MOCK_BACKEND_FAIL_RATE: '0.5',
      MOCK_BACKEND_WEBHOOK_SECRET: 'whsec_c2VjcmV0',
    });
    expect(reading).toEqual({
      ok: true,
      options: {
        host: '127.0.0.1',
        port: 19201,
        token: 't',
        registerStatus: 'Pending',
        heartbeatIntervalSeconds: 30,
        authorizeStatus: 'Invalid',
        idTokens: { TAG1: { status: 'Blocked' } },
        latencyMs: 5,
        failRate: 0.5,
        webhookSecret: 'whsec_c2VjcmV0',
        memory: 1000,
      },
    });
  });

  it('names every bad variable at once', () => {
    const reading = readOptions({
      MOCK_BACKEND_PORT: '99999',
      MOCK_BACKEND_REGISTER_STATUS: 'maybe',
      MOCK_BACKEND_ID_TOKENS: '{"TAG1":"Blocked"}',
      MOCK_BACKEND_FAIL_RATE: 'x',
      MOCK_BACKEND_WEBHOOK_SECRET: 'secret',
    });
    expect(reading.ok).toBe(false);
    const problems = reading.ok ? [] : reading.problems;
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
      'MOCK_BACKEND_PORT',
      'MOCK_BACKEND_REGISTER_STATUS',
      'MOCK_BACKEND_ID_TOKENS',
      'MOCK_BACKEND_FAIL_RATE',
      'MOCK_BACKEND_WEBHOOK_SECRET',
    ]);
  });

  it.each(['{', 'null', '7', '{"A":null}'])('refuses id tokens written as %s', (text) => {
    expect(readOptions({ MOCK_BACKEND_ID_TOKENS: text }).ok).toBe(false);
  });
});
