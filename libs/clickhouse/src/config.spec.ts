import { describe, expect, it } from '@jest/globals';
import { clickhouseSchema, clickhouseTarget } from './config.ts';

const target = (env: NodeJS.ProcessEnv): ReturnType<typeof clickhouseTarget> =>
  clickhouseTarget(clickhouseSchema.parse(env), 'spec');

describe('clickhouseTarget', () => {
  it('defaults to the database ocpp on this machine', () => {
    expect(target({})).toMatchObject({ url: 'http://localhost:8123', database: 'ocpp', username: 'default' });
  });

  it('is made of host and port', () => {
    expect(target({ EVEYS_OCPP_CLICKHOUSE_HOST: 'ch', EVEYS_OCPP_CLICKHOUSE_PORT: '18123' }).url).toBe(
      'http://ch:18123',
    );
  });

  it('prefers the URL to host and port', () => {
    const env = { EVEYS_OCPP_CLICKHOUSE_URL: 'https://ch.example', EVEYS_OCPP_CLICKHOUSE_HOST: 'other' };
    expect(target(env).url).toBe('https://ch.example');
  });

  it.each([
    ['EVEYS_OCPP_CLICKHOUSE_URL', 'clickhouse:8123'],
    ['EVEYS_OCPP_CLICKHOUSE_DATABASE', 'a; DROP'],
  ])('refuses %s=%s by name', (name, value) => {
    expect(() => target({ [name]: value })).toThrow(name);
  });
});
