import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { RedisUnavailableError } from '@ocpp-gw/redis';
import { startApi, type RunningApi } from '../testdata/api.ts';
import { fakes } from '../testdata/fakes.ts';
import { chargePointRecord, onlineEntry } from '../testdata/records.ts';

const { chargePoints, registry, overrides } = fakes();
let api: RunningApi;

beforeAll(async () => {
  api = await startApi({}, overrides);
});
afterAll(() => api.stop());
beforeEach(() => {
  for (const fake of [chargePoints, registry]) for (const each of Object.values(fake)) each.mockClear();
});

const problem = (kind: string) => `urn:ocpp-gw:problem:${kind}`;
const path = '/api/v1/charge-points/CP-1';
const list = (query: string) => api.request('GET', `/api/v1/charge-points?${query}`);

describe('the list of charge points', () => {
  it('is narrowed by what charge points are, and sorted', async () => {
    await list(
      'vendor=Acme&model=One&firmware_version=1.0&q=cp&tag=site:berlin&tag=site:berlin&tag=operator:a%3Ab&tag=constructor:x&sort=-created_at',
    );
    expect(chargePoints.list).toHaveBeenCalledWith({
      limit: 50,
      vendor: 'Acme',
      model: 'One',
      firmwareVersion: '1.0',
      text: 'cp',
      tags: { site: 'berlin', operator: 'a:b', constructor: 'x' },
      sort: '-created_at',
      retired: false,
    });
  });

  it.each(['tag=site', 'tag=Site:x', 'tag=site:', 'tag=site:a&tag=site:b', 'sort=vendor', 'online=maybe'])(
    'refuses %s',
    async (query) => {
      const { status, body } = await list(query);
      expect([status, body.type]).toEqual([400, problem('invalid-parameter')]);
      expect(body.errors[0].parameter).toMatch(/^(tag|sort|online)/);
    },
  );

  describe('of those that are connected, or are not', () => {
    const fleet = Array.from({ length: 7 }, (_, n) => chargePointRecord({ cpId: `CP-${n}` }));

    beforeEach(() => {
      chargePoints.list.mockImplementation(async (filter) => {
        const { cursor, limit } = filter as { cursor?: string; limit: number };
        const after = cursor === undefined ? -1 : fleet.findIndex(({ cpId }) => cursor === cursorOf(cpId));
        const items = fleet.slice(after + 1, after + 1 + Math.min(limit, 3));
        const last = items.at(-1);
        return { items, nextCursor: last && last !== fleet.at(-1) ? cursorOf(last.cpId) : null };
      });
      registry.getMany.mockImplementation(async (cpIds) => {
        const online = cpIds.filter((cpId) => ['CP-1', 'CP-4', 'CP-6'].includes(cpId));
        return new Map(online.map((cpId) => [cpId, onlineEntry()]));
      });
    });
    afterAll(() => {
      chargePoints.list.mockImplementation(async () => ({ items: [chargePointRecord()], nextCursor: 'next' }));
      registry.getMany.mockImplementation(async (cpIds) => new Map(cpIds.map((cpId) => [cpId, onlineEntry()])));
    });

    const cursorOf = (cpId: string): string => Buffer.from(JSON.stringify([cpId])).toString('base64url');
    const idsOf = ({ items }: { items: { cp_id: string }[] }): string[] => items.map(({ cp_id }) => cp_id);

    it.each([
      ['true', ['CP-1', 'CP-4', 'CP-6']],
      ['false', ['CP-0', 'CP-2', 'CP-3', 'CP-5']],
    ])('has each once, page by page: online=%s', async (online, expected) => {
      for (const limit of [1, 2, 50]) {
        const seen: string[] = [];
        for (let cursor = ''; ;) {
          const { body } = await list(`online=${online}&limit=${limit}${cursor && `&cursor=${cursor}`}`);
          seen.push(...idsOf(body));
          if (body.next_cursor === null) break;
          cursor = body.next_cursor;
        }
        expect(seen).toEqual(expected);
      }
    });

    it('cannot be told while Redis is away', async () => {
      registry.getMany.mockRejectedValueOnce(new RedisUnavailableError('look up'));
      expect(await list('online=true')).toMatchObject({ status: 503, body: { dependency: 'redis' } });
    });
  });
});

describe('the entity tag of a charge point', () => {
  const read = () => api.request('GET', path);
  /** Without the second header `fetch` asks that nothing be taken from a cache. */
  const again = (etag: string) =>
    api.request('GET', path, { headers: { 'if-none-match': etag, 'cache-control': 'max-age=0' } });
  const tagOf = async (): Promise<string> => (await read()).headers.get('etag') ?? '';

  it('is strong, and spares a caller what it has', async () => {
    const etag = await tagOf();
    expect(etag).toMatch(/^"[\w-]{16}\.[\w-]{16}"$/);
    expect(await again(etag)).toMatchObject({ status: 304, body: '' });
    expect((await again(`W/${etag}`)).status).toBe(304);
  });

  it('changes with what the charge point does, which hinders no change of the settings', async () => {
    const etag = await tagOf();
    registry.getMany.mockResolvedValueOnce(new Map([['CP-1', onlineEntry({ lastSeen: 99_000 })]]));
    const later = await again(etag);
    expect(later.status).toBe(200);
    expect(later.headers.get('etag')).not.toBe(etag);
    const changed = await api.request('PATCH', path, { json: { server_ping: false }, headers: { 'if-match': etag } });
    expect(changed.status).toBe(200);
    expect(chargePoints.update.mock.lastCall).toMatchObject(['CP-1', { serverPing: false }, { cpId: 'CP-1' }]);
  });

  it('is given by changes too, and can be sent on', async () => {
    const { headers } = await api.request('PUT', path, { json: {} });
    const etag = headers.get('etag') ?? '';
    const next = await api.request('PATCH', path, { json: {}, headers: { 'if-match': `"other", ${etag}` } });
    expect(next.status).toBe(200);
  });

  it.each(['PUT', 'PATCH', 'POST retire', 'POST restore'])('guards %s: 412 when it is another one', async (what) => {
    const [method = '', action] = what.split(' ');
    const etag = await tagOf();
    for (const tag of ['"nope"', `W/${etag}`]) {
      const answer = await api.request(method, action ? `${path}/${action}` : path, {
        json: {},
        headers: { 'if-match': tag },
      });
      expect(answer).toMatchObject({ status: 412, body: { type: problem('precondition-failed') } });
    }
    expect(chargePoints.update).not.toHaveBeenCalled();
  });

  it.each([
    ['if-match', 'nope', 'If-Match'],
    ['if-none-match', '"nope"', 'If-None-Match'],
  ])('is refused in %s: %s', async (header, value, parameter) => {
    const { status, body } = await api.request('PUT', path, { json: {}, headers: { [header]: value } });
    expect([status, body.errors[0].parameter]).toEqual([400, parameter]);
  });

  it('keeps a mistyped identity from becoming a charge point', async () => {
    const headers = { 'if-match': '*' };
    expect((await api.request('PUT', '/api/v1/charge-points/CP-X', { json: {}, headers })).status).toBe(412);
    expect(chargePoints.create).not.toHaveBeenCalled();
    expect((await api.request('PUT', path, { json: {}, headers: { 'if-none-match': '*' } })).status).toBe(412);
  });
});

describe('changes of a charge point', () => {
  it('by PATCH merge into what it has', async () => {
    const json = { tolerance: null, tags: { site: 'berlin', operator: null } };
    const { status, body } = await api.request('PATCH', path, { json });
    expect([status, body.cp_id, body.tags, body.retired_at]).toEqual([200, 'CP-1', {}, null]);
    expect(chargePoints.update).toHaveBeenCalledWith('CP-1', { tolerance: null, tagChanges: json.tags });
  });

  it('by PUT replace tags', async () => {
    await api.request('PUT', path, { json: { tags: { site: 'berlin' } } });
    expect(chargePoints.update).toHaveBeenCalledWith('CP-1', { tags: { site: 'berlin' } });
  });

  it.each([
    ['PUT', { tags: { site: null } }, '/tags/site'],
    ['PUT', { tags: { Site: 'x' } }, '/tags/Site'],
    ['PATCH', { tags: { site: 'x'.repeat(101) } }, '/tags/site'],
    ['PATCH', { password: null }, '/password'],
    ['PATCH', { passwort: 'secret-secret' }, '/passwort'],
  ])('by %s are refused: %j', async (method, json, pointer) => {
    const { status, body } = await api.request(method, path, { json });
    expect([status, body.errors[0].pointer]).toEqual([422, pointer]);
  });

  it('are for administrators, and are of charge points that exist', async () => {
    for (const [method, at] of [
      ['PATCH', ''],
      ['POST', '/retire'],
      ['POST', '/restore'],
    ] as const) {
      const headers = { authorization: 'Bearer command-token' };
      expect((await api.request(method, `${path}${at}`, { json: {}, headers })).status).toBe(403);
      expect((await api.request(method, `/api/v1/charge-points/X${at}`, { json: {} })).status).toBe(404);
    }
  });

  it('retire and restore it', async () => {
    expect((await api.request('POST', `${path}/retire`)).status).toBe(200);
    expect(chargePoints.update).toHaveBeenLastCalledWith('CP-1', { retiredAt: expect.any(Date) });
    expect(registry.evict).toHaveBeenCalledWith('CP-1');
    chargePoints.find.mockResolvedValueOnce(chargePointRecord({ retiredAt: new Date(0) }));
    expect((await api.request('POST', `${path}/restore`)).status).toBe(200);
    expect(chargePoints.update).toHaveBeenLastCalledWith('CP-1', { retiredAt: null });
  });
});
