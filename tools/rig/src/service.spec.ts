import { describe, expect, it } from '@jest/globals';
import { APPS, argsOf, settingsOf, type Surroundings } from './service.ts';

const surroundings: Surroundings = {
  engines: { EVEYS_OCPP_DB_URL: 'postgres://p', EVEYS_OCPP_KAFKA_BROKERS: 'k:1' },
  backend: { url: 'http://b', token: 't', webhookSecret: 's', events: ['*'] },
  token: 'rest-token',
  host: '127.0.0.1',
  ports: { rest: 2, grpc: 3 },
};

describe('settingsOf', () => {
  it.each(APPS)('gives %s the engines', (app) => {
    expect(settingsOf(app, surroundings)).toMatchObject(surroundings.engines);
  });

  it('names the backend to the edge, and where webhooks go to the dispatcher', () => {
    expect(settingsOf('ws-edge', surroundings)).toMatchObject({ EVEYS_OCPP_BACKEND_BASE_URL: 'http://b' });
    expect(settingsOf('webhook-dispatcher', surroundings)['EVEYS_OCPP_WEBHOOKS']).toContain('http://b/webhooks');
  });

  it('names no address where the services listen on every one', () => {
    const { host: _, ...everywhere } = surroundings;
    for (const app of APPS) expect(Object.keys(settingsOf(app, everywhere)).join()).not.toMatch(/_HOST/);
  });
});

describe('argsOf', () => {
  it('runs what another build has', () => {
    expect(argsOf('ws-edge', (file) => `/copy/${file}`).at(-1)).toBe('/copy/apps/ws-edge/dist/main.js');
  });
});
