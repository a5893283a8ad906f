import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { redisKeys } from '@ocpp-gw/contracts';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { Redis } from 'ioredis';
import { startApi, type RunningApi } from './testdata/api.ts';
import { seedPostgres } from './testdata/data.ts';
import { Edge } from './testdata/edge.ts';

let plane: DataPlane;
let api: RunningApi;
let edge: Edge;
let redis: Redis;

beforeAll(async () => {
  plane = await startDataPlane({ name: 'command-api-points', ports: 'random', only: ['postgres', 'redis'] });
  await seedPostgres(plane.postgresUrl);
  edge = new Edge(plane.redisUrl);
  await edge.start();
  await edge.connect('CP-A', 'ocpp1.6', () => new Promise(() => undefined));
  redis = new Redis(plane.redisUrl);
  api = await startApi({ EVEYS_OCPP_DB_URL: plane.postgresUrl, EVEYS_OCPP_REDIS_URL: plane.redisUrl });
}, 120_000);

afterAll(async () => {
  redis?.disconnect();
  await api?.stop();
  await edge?.stop();
  await plane?.stop();
}, 60_000);

const at = (cpId: string, action = ''): string => `/api/v1/charge-points/${cpId}${action}`;
const ids = async (query: string): Promise<string[]> =>
  (await api.request('GET', `/api/v1/charge-points?${query}`)).body.items.map(({ cp_id }: { cp_id: string }) => cp_id);

describe('charge points in the real engines', () => {
  it('carry tags, by which charge points, transactions and commands are found', async () => {
    await api.request('PATCH', at('cp-a'), { json: { tags: { site: 'berlin', floor: '2' } } });
    await api.request('PATCH', at('CP-A'), { json: { tags: { floor: null } } });
    await api.request('PATCH', at('CP-B'), { json: { tags: { site: 'hamburg' } } });
    expect((await api.request('GET', at('CP-A'))).body.tags).toEqual({ site: 'berlin' });
    expect(await ids('tag=site:berlin')).toEqual(['CP-A']);
    expect(await ids('tag=site:berlin&tag=floor:2')).toEqual([]);
    const { items } = (await api.request('GET', '/api/v1/transactions?tag=site:hamburg')).body;
    expect(items).toMatchObject([{ transaction_id: 'tx-3' }]);
    await api.request('POST', at('CP-A', '/commands/reset?'), { json: { type: 'Soft', timeout_s: 1 } });
    const commands = (await api.request('GET', '/api/v1/commands?tag=site:berlin')).body.items;
    expect(commands).toMatchObject([{ cp_id: 'CP-A', command: 'reset' }]);
  });

  it('are found by who is connected, and by what they are', async () => {
    expect(await ids('online=true')).toEqual(['CP-A']);
    expect(await ids('online=false&limit=1')).toEqual(['CP-B']);
    expect(await ids('q=acme&model=two')).toEqual(['CP-B']);
    expect(await ids('sort=-cp_id')).toEqual(['CP-C', 'CP-B', 'CP-A']);
  });

  it('lose no change when two callers have read the same', async () => {
    const etag = (await api.request('GET', at('CP-B'))).headers.get('etag') ?? '';
    const change = (json: object) => api.request('PATCH', at('CP-B'), { json, headers: { 'if-match': etag } });
    const answers = await Promise.all([change({ server_ping: false }), change({ tolerance: 'strict' })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  it('lose their password, and can be given one again', async () => {
    const put = (json: object) => api.request('PUT', at('CP-NEW'), { json });
    expect(await put({ password: 'correct-horse-battery' })).toMatchObject({
      status: 201,
      body: { has_password: true },
    });
    expect((await put({ password: null })).status).toBe(422);
    expect((await put({ password: null, security_profile: 0 })).body).toMatchObject({
      has_password: false,
      security_profile: 0,
    });
  });

  it('are retired, which takes them from their pod and from the list, and restored', async () => {
    expect((await api.request('POST', at('cp-a', '/retire'))).body).toMatchObject({
      cp_id: 'CP-A',
      online: false,
      retired_at: expect.any(String),
    });
    expect(await redis.hkeys(redisKeys.online('CP-A'))).toEqual(['epoch']);
    expect(await ids('')).not.toContain('CP-A');
    expect(await ids('retired=true')).toEqual(['CP-A']);
    expect((await api.request('GET', '/api/v1/transactions?cp_id=CP-A')).body.items).toHaveLength(2);
    const refused = await api.request('POST', at('CP-A', '/commands/reset'), { json: { type: 'Soft' } });
    expect(refused).toMatchObject({ status: 409, body: { type: 'urn:ocpp-gw:problem:charge-point-offline' } });
    expect((await api.request('POST', at('CP-A', '/restore'))).body.retired_at).toBeNull();
    expect(await ids('')).toContain('CP-A');
  });

  it('have their cached authorizations removed by token', async () => {
    await redis.set(redisKeys.authorize('TAG'), 'x');
    await redis.set(redisKeys.authorize('tag', 'ISO14443'), 'x');
    expect((await api.request('DELETE', '/api/v1/authorization-cache/Tag')).body).toEqual({ removed: 2 });
  });
});
