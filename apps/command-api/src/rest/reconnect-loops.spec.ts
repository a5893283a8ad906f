import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { RedisUnavailableError } from '@ocpp-gw/redis';
import { startApi, type RunningApi } from '../testdata/api.ts';
import { fakes } from '../testdata/fakes.ts';

const { reconnectLoops, overrides } = fakes();
let api: RunningApi;

beforeAll(async () => {
  api = await startApi({}, overrides);
});
afterAll(() => api.stop());

it('F35 lists the charge points that connect over and over', async () => {
  reconnectLoops.list.mockResolvedValueOnce([
    {
      cpId: 'CP-1',
      pod: 'pod-1',
      since: 0,
      last: 60_000,
      connections: 12,
      takeovers: 11,
      delayMs: 2_000,
      sources: ['10.0.0.1', '10.0.0.2'],
    },
  ]);
  expect(await api.request('GET', '/api/v1/reconnect-loops')).toMatchObject({
    status: 200,
    body: {
      items: [
        {
          cp_id: 'CP-1',
          pod: 'pod-1',
          since: '1970-01-01T00:00:00.000Z',
          last: '1970-01-01T00:01:00.000Z',
          connections: 12,
          takeovers: 11,
          delay_s: 2,
          sources: ['10.0.0.1', '10.0.0.2'],
        },
      ],
      next_cursor: null,
    },
  });
});

it('F35 says so when nobody can tell which do', async () => {
  reconnectLoops.list.mockRejectedValueOnce(new RedisUnavailableError('list'));
  const { status, body } = await api.request('GET', '/api/v1/reconnect-loops');
  expect([status, body.dependency]).toEqual([503, 'redis']);
});
