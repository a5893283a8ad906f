import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { BACKEND_CALLS, BACKEND_PATHS } from '@ocpp-gw/contracts/backend';
import { DEFAULT_OPTIONS, type MockBackend, type MockBackendOptions, startMockBackend } from './index.ts';

const OPEN = BACKEND_CALLS['session-open'].example.data;
const CLOSE = BACKEND_CALLS['session-close'].example.data;

const envelope = (data: object = {}, cpId = 'CP1'): object => ({
  v: 1,
  request_id: 'r1',
  cp_id: cpId,
  sent_at: '2026-01-01T00:00:00Z',
  data,
});

describe('the mock backend', () => {
  let sut: MockBackend;
  const start = async (options: Partial<MockBackendOptions> = {}): Promise<void> => {
    sut = await startMockBackend({ host: '127.0.0.1', port: 0, ...options });
  };
  const post = async (
    path: string,
    body: unknown = envelope(),
    headers: Record<string, string> = {},
  ): Promise<{ status: number; body: unknown }> => {
    const response = await fetch(sut.url + path, {
      method: 'POST',
      headers: { authorization: 'Bearer dev-token', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  };
  const get = async (path: string): Promise<Record<string, unknown>> =>
    (await (await fetch(sut.url + path)).json()) as Record<string, unknown>;

  beforeEach(() => start());
  afterEach(() => sut.stop());

  it('accepts a boot and names the heartbeat interval', async () => {
    expect(await post(BACKEND_PATHS.register, envelope({ protocol: 'ocpp1.6', vendor: 'V', model: 'M' }))).toEqual({
      status: 200,
      body: { status: 'Accepted', heartbeat_interval_s: 300 },
    });
  });

  it('accepts every id token, data transfer and session', async () => {
    expect(await post(BACKEND_PATHS.authorize, envelope({ id_token: 'ANY' }))).toEqual({
      status: 200,
      body: { status: 'Accepted' },
    });
    expect(await post(BACKEND_PATHS.dataTransfer, envelope({ vendor_id: 'ACME' }))).toEqual({
      status: 200,
      body: { status: 'Accepted' },
    });
    expect(await post(BACKEND_PATHS.sessionOpen, envelope(OPEN))).toEqual({ status: 200, body: {} });
    expect(await post(BACKEND_PATHS.sessionClose, envelope(CLOSE))).toEqual({ status: 200, body: {} });
  });

  it('tells costs, makes a profile of charging needs, and hands EXI streams back', async () => {
    const { data } = BACKEND_CALLS.cost.example;
    const cost = (energyWh: number | null) =>
      post(BACKEND_PATHS.sessionCost, envelope({ ...data, energy_wh: energyWh }));
    expect((await cost(12_345)).body).toEqual({ cost: { amount: '3.70', currency: 'EUR' }, total_cost: 3.7 });
    // A register of 568 kWh does not count.
    expect((await cost(15)).body).toEqual({ cost: { amount: '0.00', currency: 'EUR' }, total_cost: 0 });
    expect((await cost(null)).body).toEqual({ cost: null, total_cost: null });
    expect(
      (await post(BACKEND_PATHS.chargingNeeds, envelope(BACKEND_CALLS['charging-needs'].example.data))).body,
    ).toMatchObject({
      status: 'Accepted',
      charging_profile: { schedule: { charging_rate_unit: 'A' } },
    });
    expect(
      (await post(BACKEND_PATHS.evCertificate, envelope(BACKEND_CALLS['ev-certificate'].example.data))).body,
    ).toEqual({
      status: 'Accepted',
      exi_response: 'gJgC',
    });
  });

  it('answers an id token of the map, whatever its letter case', async () => {
    await sut.stop();
    await start({
      idTokens: { Tag1: { status: 'Blocked', group_id_token: { id_token: 'G' } } },
      authorizeStatus: 'Unknown',
    });
    expect((await post(BACKEND_PATHS.authorize, envelope({ id_token: 'TAG1' }))).body).toEqual({
      status: 'Blocked',
      group_id_token: { id_token: 'G' },
    });
    expect((await post(BACKEND_PATHS.authorize, envelope({ id_token: 'other' }))).body).toEqual({ status: 'Unknown' });
  });

  it('asks for the id token that an authorize lacks', async () => {
    expect(await post(BACKEND_PATHS.authorize)).toEqual({
      status: 400,
      body: { error: 'the request breaks the contract', problems: [expect.stringContaining('/data/id_token')] },
    });
  });

  it('refuses a wrong token with 401', async () => {
    expect((await post(BACKEND_PATHS.register, envelope(), { authorization: 'Bearer other' })).status).toBe(401);
    expect(sut.requests()).toEqual([]);
  });

  it('refuses a bad envelope with 400 and says what is missing', async () => {
    expect(
      await post(BACKEND_PATHS.sessionOpen, { v: 1, request_id: 'r', sent_at: '2026-01-01T00:00:00Z', data: OPEN }),
    ).toEqual({
      status: 400,
      body: { error: 'the request breaks the contract', problems: [expect.stringMatching(/^\/cp_id: /)] },
    });
  });

  it('refuses a body beyond 1 MiB with 413', async () => {
    expect((await post(BACKEND_PATHS.register, 'x'.repeat(1_100_000))).status).toBe(413);
  });

  it('answers 404 elsewhere', async () => {
    expect((await post('/api/eveys/other')).status).toBe(404);
  });

  it('answers a repeated Idempotency-Key the same, and another key anew', async () => {
    let calls = 0;
    sut.setAnswer(BACKEND_PATHS.sessionOpen, () => ({ body: { calls: (calls += 1) } }));
    const once = await post(BACKEND_PATHS.sessionOpen, envelope(OPEN), { 'idempotency-key': 'k1' });
    expect(await post(BACKEND_PATHS.sessionOpen, envelope(OPEN), { 'idempotency-key': 'k1' })).toEqual(once);
    expect((await post(BACKEND_PATHS.sessionOpen, envelope(OPEN), { 'idempotency-key': 'k2' })).body).toEqual({
      calls: 2,
    });
    expect(sut.requests().map(({ replayed }) => replayed)).toEqual([false, true, false]);
  });

  it('does not remember a failure under an Idempotency-Key, so that a retry can succeed', async () => {
    sut.setAnswer(BACKEND_PATHS.sessionOpen, { httpStatus: 500, body: {} });
    expect((await post(BACKEND_PATHS.sessionOpen, envelope(OPEN), { 'idempotency-key': 'k1' })).status).toBe(500);
    sut.setAnswer(BACKEND_PATHS.sessionOpen);
    expect((await post(BACKEND_PATHS.sessionOpen, envelope(OPEN), { 'idempotency-key': 'k1' })).status).toBe(200);
  });

  it('fails and delays as configured', async () => {
    await sut.stop();
    await start({ failRate: 1, latencyMs: 60 });
    const before = performance.now();
    expect((await post(BACKEND_PATHS.register)).status).toBe(503);
    expect(performance.now() - before).toBeGreaterThan(50);
  });

  it('lists what it received by path and charger, and forgets on demand', async () => {
    await post(BACKEND_PATHS.sessionOpen, envelope({ ...OPEN, transaction_id: '1' }, 'CP1'));
    await post(BACKEND_PATHS.sessionClose, envelope(CLOSE, 'CP2'));
    const listed = await get(`/_/requests?path=${BACKEND_PATHS.sessionOpen}&cp_id=CP1`);
    expect(listed).toMatchObject({ items: [{ cp_id: 'CP1', data: { transaction_id: '1' }, status: 200 }] });
    expect(sut.requests({ cp_id: 'CP2' })).toHaveLength(1);
    expect((await fetch(`${sut.url}/_/`, { method: 'DELETE' })).status).toBe(204);
    expect(await get('/_/requests')).toEqual({ items: [], forgotten: 0 });
  });

  it('reports its health', async () => {
    expect(await get('/_/health')).toEqual({ status: 'ok' });
  });

  it('tells a fault of its own with 500', async () => {
    sut.setAnswer(BACKEND_PATHS.register, () => {
      throw new Error('boom');
    });
    expect((await post(BACKEND_PATHS.register, envelope({ protocol: 'p', vendor: 'V', model: 'M' }))).status).toBe(500);
  });

  describe('as a webhook receiver', () => {
    const body = JSON.stringify({ type: 'tx.started', data: { cp_id: 'CP1' } });
    const signed = (secret: string): Record<string, string> => {
      const at = new Date();
      return {
        'webhook-id': 'msg_1',
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': new Webhook(secret).sign('msg_1', at, body),
      };
    };

    it('takes a good signature and lists the event by type', async () => {
      const response = await fetch(`${sut.url}/webhooks`, {
        method: 'POST',
        headers: signed(DEFAULT_OPTIONS.webhookSecret),
        body,
      });
      expect(response.status).toBe(204);
      expect(await get('/_/webhooks?type=tx.started')).toMatchObject({
        items: [{ webhook_id: 'msg_1', cp_id: 'CP1' }],
      });
      expect(await get('/_/webhooks?type=tx.ended')).toMatchObject({ items: [] });
      expect(sut.webhooks({ type: 'tx.started' })).toHaveLength(1);
    });

    it.each([
      ['made with another secret', signed('whsec_b3RoZXI=')],
      ['missing', {}],
    ])('refuses a signature that is %s', async (_, headers) => {
      expect((await post('/webhooks', body, headers)).status).toBe(401);
      expect(sut.webhooks()).toEqual([]);
    });
  });
});
