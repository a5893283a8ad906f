import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startApi, type RunningApi } from '../testdata/api.ts';
import { fakes } from '../testdata/fakes.ts';
import { deliveryRecord } from '../testdata/webhooks.ts';

const { webhooks, overrides } = fakes();
const { subscriptions, log, tests } = webhooks;
const SECRET = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
const problem = (kind: string) => `urn:ocpp-gw:problem:${kind}`;
let api: RunningApi;

beforeAll(async () => {
  api = await startApi({}, overrides);
});
afterAll(() => api.stop());
beforeEach(() => {
  for (const fake of [subscriptions, log, tests]) for (const each of Object.values(fake)) each.mockClear();
});

const post = (path: string, json?: unknown) => api.request('POST', `/api/v1/${path}`, { json });

describe('webhooks over REST', () => {
  it.each([
    ['GET', 'webhooks'],
    ['POST', 'webhooks/billing/test'],
    ['GET', 'webhook-deliveries'],
  ])('need an admin: %s %s', async (method, path) => {
    const headers = { authorization: 'Bearer read-token' };
    expect((await api.request(method, `/api/v1/${path}`, { headers })).status).toBe(403);
  });

  it('are listed with where they are managed, without secrets', async () => {
    const { status, body } = await api.request('GET', '/api/v1/webhooks?limit=5');
    expect(status).toBe(200);
    expect(body.items).toMatchObject([
      { name: 'billing', source: 'api', state: 'active', previous_secret_until: null },
      { name: 'declared', source: 'configuration' },
    ]);
    expect(JSON.stringify(body)).not.toContain('whsec_');
    expect(subscriptions.list).toHaveBeenCalledWith({ limit: 5 });
    expect((await api.request('GET', '/api/v1/webhooks/none')).body.type).toBe(problem('webhook-not-found'));
  });

  it('are created, with a secret that is shown once and in no log', async () => {
    const made = await post('webhooks', { name: 'crm', url: 'https://1.1.1.1/hook', events: ['*'] });
    expect(made.status).toBe(201);
    expect(made.headers.get('location')).toBe('/api/v1/webhooks/crm');
    expect(made.body).toMatchObject({ name: 'crm', ordered: true, secret: expect.stringMatching(/^whsec_.{44}$/) });
    expect(log.deleteOf).toHaveBeenCalledWith('crm');
    const given = await post('webhooks', { name: 'erp', url: 'https://1.1.1.1/', events: ['*'], secret: SECRET });
    expect(given.body.secret).toBe(SECRET);
    expect(JSON.stringify(api.logs)).not.toContain(SECRET);
    expect(api.logs).toContainEqual(expect.objectContaining({ msg: 'webhook created', subscription: 'crm' }));
  });

  it.each([
    ['a name that is taken', { name: 'billing' }, 409, 'webhook-exists'],
    ['a name of the configuration', { name: 'declared' }, 409, 'webhook-exists'],
    ['a private address', { url: 'http://169.254.169.254/' }, 422, 'invalid-body'],
    ['a name at a private address', { url: 'http://localhost:8081/' }, 422, 'invalid-body'],
    ['a password in the URL', { url: 'https://u:p@example.com/' }, 422, 'invalid-body'],
    ['an event that does not exist', { events: ['tx.begun'] }, 422, 'invalid-body'],
    ['a weak secret', { secret: 'whsec_AAAA' }, 422, 'invalid-body'],
  ])('are not created with %s', async (_, wrong, status, kind) => {
    const answer = await post('webhooks', { name: 'x', url: 'https://1.1.1.1/', events: ['*'], ...wrong });
    expect([answer.status, answer.body.type]).toEqual([status, problem(kind)]);
    expect(subscriptions.create).not.toHaveBeenCalled();
  });

  it('say how a private address can be allowed', async () => {
    const { body } = await post('webhooks', { name: 'x', url: 'http://10.0.0.1/', events: ['*'] });
    expect(body.errors).toEqual([
      {
        pointer: '/url',
        message: expect.stringMatching(
          /^10\.0\.0\.1 is no public address: set EVEYS_OCPP_WEBHOOK_ALLOW_PRIVATE_TARGETS/,
        ),
      },
    ]);
  });

  it('are refused when the name was taken meanwhile, or there are too many', async () => {
    const body = { name: 'x', url: 'https://1.1.1.1/', events: ['*'] };
    subscriptions.create.mockResolvedValueOnce('name taken').mockResolvedValueOnce('too many');
    expect((await post('webhooks', body)).body.type).toBe(problem('webhook-exists'));
    expect((await post('webhooks', body)).body.type).toBe(problem('too-many-webhooks'));
  });

  it('are changed, given a new secret, paused, resumed and deleted', async () => {
    const changed = await api.request('PATCH', '/api/v1/webhooks/billing', { json: { events: ['cp.boot'] } });
    expect(changed.status).toBe(200);
    expect(subscriptions.change).toHaveBeenCalledWith('billing', { events: ['cp.boot'] });
    const rotated = await post('webhooks/billing/rotate-secret', { secret: SECRET, previous_valid_s: 60 });
    expect(rotated.body.secret).toBe(SECRET);
    const [, , until] = subscriptions.rotate.mock.calls[0] ?? [];
    expect(Math.abs(Number(until) - Date.now() - 60_000)).toBeLessThan(5_000);
    expect((await post('webhooks/billing/rotate-secret')).body.secret).toMatch(/^whsec_/);
    expect((await post('webhooks/billing/pause')).status).toBe(200);
    expect(subscriptions.setState).toHaveBeenLastCalledWith('billing', 'paused', expect.stringMatching(/ paused it$/));
    expect((await post('webhooks/billing/resume')).status).toBe(200);
    expect(subscriptions.setState).toHaveBeenLastCalledWith('billing', 'active', null);
    const deleted = await api.request('DELETE', '/api/v1/webhooks/billing');
    expect([deleted.status, deleted.body]).toEqual([204, '']);
    expect(subscriptions.delete).toHaveBeenCalledWith('billing');
    expect(log.deleteOf).toHaveBeenCalledWith('billing');
  });

  it('of the configuration are only paused and resumed', async () => {
    const requests = [
      ['PATCH', 'declared', {}],
      ['DELETE', 'declared', undefined],
      ['POST', 'declared/rotate-secret', {}],
    ] as const;
    for (const [method, path, json] of requests) {
      const answer = await api.request(method, `/api/v1/webhooks/${path}`, { json });
      expect([answer.status, answer.body.type]).toEqual([409, problem('webhook-configured')]);
    }
    expect((await post('webhooks/declared/pause')).status).toBe(200);
  });

  it('are tested, and show how the receiver answered', async () => {
    const { body } = await post('webhooks/billing/test');
    expect(body).toEqual({
      webhook_id: expect.any(String),
      delivered: true,
      status: 204,
      error: null,
      duration_ms: 12,
    });
    expect(tests.request).toHaveBeenCalledWith(body.webhook_id, 'billing');
  });

  it('have a log of deliveries with filters', async () => {
    const query = 'state=dead&event_type=tx.ended&cp_id=CP-1&from=2026-05-01T00:00:00Z&limit=2&cursor=c';
    const { body } = await api.request('GET', `/api/v1/webhooks/billing/deliveries?${query}`);
    expect(body).toMatchObject({
      items: [{ id: '7', webhook: 'billing', state: 'dead', attempts: 10, last_status: 500, next_attempt_at: null }],
      next_cursor: 'next',
    });
    expect(log.list).toHaveBeenCalledWith({
      subscription: 'billing',
      state: 'dead',
      eventType: 'tx.ended',
      cpId: 'CP-1',
      from: new Date('2026-05-01T00:00:00Z'),
      limit: 2,
      cursor: 'c',
    });
    log.list.mockResolvedValueOnce({ items: [deliveryRecord({ state: 'pending' })], nextCursor: null });
    const all = await api.request('GET', '/api/v1/webhook-deliveries?webhook=crm');
    expect(all.body.items).toMatchObject([{ next_attempt_at: '2026-05-01T12:00:00.000Z' }]);
    expect(log.list).toHaveBeenLastCalledWith(expect.objectContaining({ subscription: 'crm' }));
    expect((await api.request('GET', '/api/v1/webhook-deliveries/7')).body.body).toBe('{"type":"tx.ended"}');
    expect((await api.request('GET', '/api/v1/webhook-deliveries/8')).body.type).toBe(
      problem('webhook-delivery-not-found'),
    );
  });

  it('replay and resend', async () => {
    expect((await post('webhook-deliveries/7/replay')).status).toBe(200);
    log.replay.mockResolvedValueOnce([]);
    expect((await post('webhook-deliveries/7/replay')).body.type).toBe(problem('webhook-delivery-not-dead'));
    expect((await post('webhooks/billing/replay')).body).toEqual({ count: 3 });
    expect((await post('webhooks/declared/replay', { cp_id: 'CP-1' })).body).toEqual({ count: 3 });
    expect(log.replayMatching).toHaveBeenLastCalledWith({ subscription: 'declared', cpId: 'CP-1' });
    expect((await post('webhooks/billing/resend', {})).status).toBe(422);
    expect((await post('webhooks/billing/resend', { from: '2026-05-01T00:00:00Z' })).body).toEqual({ count: 5 });
    expect(log.resend).toHaveBeenCalledWith({ subscription: 'billing', from: new Date('2026-05-01T00:00:00Z') });
  });
});
