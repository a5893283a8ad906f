import { describe, expect, it } from '@jest/globals';
import { devServices, liveChargers } from './services.ts';

const engines = { EVEYS_OCPP_DB_URL: 'postgres://localhost:5433/x' };

describe('devServices', () => {
  it('is on the documented ports, metrics one after the other', () => {
    const { services, addresses } = devServices('t', engines, {});
    expect(services.map(({ name, port }) => [name, port])).toEqual([
      ['mock-backend', 9200],
      ['ws-edge', 9100],
      ['command-api', 9101],
      ['clickhouse-ingestor', 9102],
      ['webhook-dispatcher', 9103],
    ]);
    expect(addresses).toEqual({
      websocket: 'ws://localhost:9000',
      rest: 'http://localhost:8080/api/v1',
      grpc: 'localhost:50051',
      backend: 'http://localhost:9200',
    });
  });

  it('moves every port by its variable', () => {
    const { services, addresses } = devServices('t', engines, {
      EVEYS_OCPP_WS_PORT: '1',
      EVEYS_OCPP_REST_PORT: '2',
      EVEYS_OCPP_GRPC_PORT: '3',
      EVEYS_OCPP_METRICS_PORT: '40',
      MOCK_BACKEND_PORT: '5',
    });
    expect(services.map(({ port }) => port)).toEqual([5, 40, 41, 42, 43]);
    for (const { env, port } of services.slice(1)) expect(env['EVEYS_OCPP_METRICS_PORT']).toBe(String(port));
    expect(addresses).toEqual({
      websocket: 'ws://localhost:1',
      rest: 'http://localhost:2/api/v1',
      grpc: 'localhost:3',
      backend: 'http://localhost:5',
    });
    expect(services[1]?.env).toMatchObject({ ...engines, EVEYS_OCPP_BACKEND_BASE_URL: 'http://localhost:5' });
    expect(liveChargers(addresses, 't').map(({ readyUrl }) => readyUrl)).toEqual([
      'http://localhost:2/api/v1/charge-points/DEMO-16-LIVE',
      'http://localhost:2/api/v1/charge-points/DEMO-201-LIVE',
    ]);
  });

  it('lets a variable of the caller win', () => {
    const { services } = devServices('t', engines, { EVEYS_OCPP_BACKEND_BASE_URL: 'https://mine' });
    expect(services[1]?.env['EVEYS_OCPP_BACKEND_BASE_URL']).toBe('https://mine');
  });
});
