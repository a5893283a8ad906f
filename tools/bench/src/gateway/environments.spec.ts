import { describe, expect, it } from '@jest/globals';
import { SERVICES, environmentOf, type Addresses } from './environments.ts';

const addresses: Addresses = {
  engines: { postgresUrl: 'postgres://p', redisUrl: 'redis://r', kafkaBrokers: 'k:1', clickhouseUrl: 'http://c' },
  ports: {
    websocket: 1,
    rest: 2,
    grpc: 3,
    metrics: { 'ws-edge': 4, 'command-api': 5, 'clickhouse-ingestor': 6, 'webhook-dispatcher': 7 },
  },
  backendUrl: 'http://b',
};

describe('environmentOf', () => {
  it.each(SERVICES)('gives %s the engines and a metrics port of its own', (service) => {
    expect(environmentOf(service, addresses)).toMatchObject({
      EVEYS_OCPP_DB_URL: 'postgres://p',
      EVEYS_OCPP_KAFKA_BROKERS: 'k:1',
      EVEYS_OCPP_METRICS_PORT: String(addresses.ports.metrics[service]),
    });
  });

  it('wires the backend to the edge, and its webhooks to the dispatcher', () => {
    expect(environmentOf('ws-edge', addresses)).toMatchObject({ EVEYS_OCPP_BACKEND_BASE_URL: 'http://b' });
    expect(environmentOf('webhook-dispatcher', addresses)['EVEYS_OCPP_WEBHOOKS']).toContain('http://b/webhooks');
  });
});
