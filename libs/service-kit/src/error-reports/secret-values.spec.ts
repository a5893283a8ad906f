import { expect, it } from '@jest/globals';
import { secretValues } from './secret-values.ts';

it('secretValues finds tokens in lists, secrets in JSON and passwords in URLs, the longest first', () => {
  const env = {
    EVEYS_OCPP_REST_INBOUND_TOKENS: 'ops:read+command:canary-token-1,canary-token-22',
    EVEYS_OCPP_WEBHOOKS: '[{"name":"a","secrets":["whsec_canary/+=="]}]',
    EVEYS_OCPP_DB_URL: 'postgresql://user:canary%2Fpassword@host/db',
    EVEYS_OCPP_BACKEND_TOKEN: 'short',
    EVEYS_OCPP_LOG_LEVEL: 'nothing-secret',
  };
  const found = secretValues([...Object.keys(env), 'EVEYS_OCPP_SENTRY_DSN'], env);
  for (const secret of [
    'canary-token-1',
    'canary-token-22',
    'whsec_canary/+==',
    'canary/password',
    'canary%2Fpassword',
  ])
    expect(found).toContain(secret);
  expect(found).not.toContain('short');
  expect(found).not.toContain('nothing-secret');
  expect(found.map(({ length }) => length)).toEqual(found.map(({ length }) => length).sort((a, b) => b - a));
});
