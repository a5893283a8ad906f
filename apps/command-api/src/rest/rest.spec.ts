import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CommandOutcome } from '@ocpp-gw/contracts';
import { RedisUnavailableError } from '@ocpp-gw/redis';
import { eventually } from '@ocpp-gw/testing';
import { register } from 'prom-client';
import { startApi, TOKEN, type RunningApi } from '../testdata/api.ts';
import { fakes } from '../testdata/fakes.ts';
import { chargePointRecord } from '../testdata/records.ts';

const { bus, chargePoints, transactions, registry, meterValues, timeSeries, stationMirror, overrides } = fakes();
let api: RunningApi;

beforeAll(async () => {
  api = await startApi({}, overrides);
});
afterAll(() => api.stop());
beforeEach(() => {
  for (const fake of [bus, chargePoints, transactions, registry, meterValues])
    for (const each of Object.values(fake)) each.mockClear();
});

const problem = (kind: string) => `urn:ocpp-gw:problem:${kind}`;

describe('every answer', () => {
  it('carries the request id of the caller, or a new one when that is none', async () => {
    const taken = await api.request('GET', '/api/v1/charge-points', { headers: { 'x-request-id': 'abc-1' } });
    expect(taken.headers.get('x-request-id')).toBe('abc-1');
    const made = await api.request('GET', '/api/v1/nowhere', { headers: { 'x-request-id': 'not sane' } });
    expect(made.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
    expect(made.body.request_id).toBe(made.headers.get('x-request-id'));
  });

  it('is timed by route pattern, never by charger', async () => {
    await api.request('GET', '/api/v1/charge-points/CP-1');
    const timed = /route="\/api\/v1\/charge-points\/:cp_id",status="200"/;
    const text = await eventually(
      () => register.metrics(),
      (metrics) => timed.test(metrics),
    );
    expect(text).not.toMatch(/CP-1/);
  });
});

describe('the token', () => {
  const none = { authorization: '' };

  it('is not asked for by health and readiness', async () => {
    expect(await api.request('GET', '/api/v1/health', { headers: none })).toMatchObject({ status: 200 });
    expect(await api.request('GET', '/api/v1/ready', { headers: none })).toMatchObject({ status: 200 });
  });

  it.each(['/api/v1/charge-points', '/api/v1/nowhere', '/', '/api/v1/openapi.json'])(
    'is asked for by %s',
    async (path) => {
      const answer = await api.request('GET', path, { headers: none });
      expect(answer.status).toBe(401);
      expect(answer.headers.get('content-type')).toBe('application/problem+json');
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
      expect(answer.body.type).toBe(problem('token-missing'));
    },
  );

  it('is asked for before the body is read', async () => {
    const answer = await api.request('PUT', '/api/v1/charge-points/CP-1', { body: '{broken', headers: none });
    expect(answer.status).toBe(401);
  });

  it.each([
    ['reader', 'read-token', 'GET', '/api/v1/charge-points', 200],
    ['reader', 'read-token', 'POST', '/api/v1/charge-points/CP-1/commands/reset', 403],
    ['reader', 'read-token', 'PUT', '/api/v1/charge-points/CP-1', 403],
    ['operator', 'command-token', 'GET', '/api/v1/transactions', 403],
    ['operator', 'command-token', 'POST', '/api/v1/charge-points/CP-1/commands/reset', 200],
    ['operator', 'command-token', 'POST', '/api/v1/charge-points/CP-1/calls/Reset', 200],
    ['nobody', 'wrong', 'GET', '/api/v1/charge-points', 401],
  ])('of the %s, %s, asking %s %s, leads to %i', async (_, token, method, path, status) => {
    const json = method === 'GET' ? undefined : { type: 'Soft' };
    const answer = await api.request(method, path, { json, headers: { authorization: `Bearer ${token}` } });
    expect(answer.status).toBe(status);
  });

  it('never shows in the log', () => {
    expect(JSON.stringify(api.logs)).not.toContain(TOKEN);
  });
});

describe('a request that cannot be served', () => {
  it.each([
    ['malformed JSON', { body: '{"type": ' }, 400, 'malformed-json'],
    ['a body that is no object', { body: '"soft"' }, 422, 'invalid-body'],
    ['no body', {}, 422, 'invalid-body'],
    ['an unknown field', { json: { type: 'Soft', typ: 1 } }, 422, 'invalid-body'],
    [
      'another media type',
      { body: 'type=soft', headers: { 'content-type': 'text/plain' } },
      415,
      'unsupported-media-type',
    ],
    [
      'another charset',
      { body: '{}', headers: { 'content-type': 'application/json; charset=latin9' } },
      415,
      'unsupported-media-type',
    ],
    ['a body over 1 MiB', { json: { type: 'x'.repeat(1_100_000) } }, 413, 'body-too-large'],
  ])('for %s is a problem', async (_, options, status, kind) => {
    const answer = await api.request('POST', '/api/v1/charge-points/CP-1/commands/reset', options);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.body).toMatchObject({ type: problem(kind), status, detail: expect.stringMatching(/\S/) });
    expect(bus.send).not.toHaveBeenCalled();
  });

  it('names each wrong field by a JSON pointer', async () => {
    const { body } = await api.request('POST', '/api/v1/charge-points/CP-1/commands/remote-start', {
      json: { idTag: 'X', evse_id: 0 },
    });
    expect(body.errors.map((each: { pointer: string }) => each.pointer).sort()).toEqual([
      '/evse_id',
      '/idTag',
      '/id_token',
    ]);
  });

  it('names each wrong parameter', async () => {
    const { status, body } = await api.request('GET', '/api/v1/transactions?limit=0&from=yesterday&colour=red');
    expect(status).toBe(400);
    expect(body.type).toBe(problem('invalid-parameter'));
    expect(body.errors.map((each: { parameter: string }) => each.parameter).sort()).toEqual([
      'colour',
      'from',
      'limit',
    ]);
  });

  it('is 404 for an unknown path and 405 with Allow for a wrong method', async () => {
    const unknown = await api.request('GET', '/api/v1/charge-point');
    expect(unknown).toMatchObject({ status: 404, body: { type: problem('route-not-found') } });
    const wrong = await api.request('DELETE', '/api/v1/charge-points/CP-1');
    expect(wrong).toMatchObject({ status: 405, body: { type: problem('method-not-allowed') } });
    expect(wrong.headers.get('allow')).toBe('GET, PATCH, PUT');
  });

  it('is 400 for a broken percent-encoding', async () => {
    expect(await api.request('GET', '/api/v1/charge-points/%FF')).toMatchObject({
      status: 400,
      body: { type: problem('bad-request') },
    });
  });

  it('is 503 while a dependency is away, and its name is in the answer', async () => {
    bus.send.mockRejectedValueOnce(new RedisUnavailableError('send'));
    const answer = await api.request('POST', '/api/v1/charge-points/CP-1/commands/reset', { json: { type: 'Soft' } });
    expect(answer).toMatchObject({
      status: 503,
      body: { type: problem('dependency-unavailable'), dependency: 'redis' },
    });
  });

  it('is 500 for a fault of ours, which goes to the log and not to the caller', async () => {
    chargePoints.list.mockRejectedValueOnce(new TypeError('secret internals'));
    const answer = await api.request('GET', '/api/v1/charge-points', { headers: { 'x-request-id': 'ours-1' } });
    expect(answer).toMatchObject({ status: 500, body: { type: problem('internal-error') } });
    expect(JSON.stringify(answer.body)).not.toMatch(/secret internals/);
    expect(api.logs).toContainEqual(
      expect.objectContaining({ level: 'error', requestId: 'ours-1', err: expect.any(TypeError) }),
    );
  });
});

describe('reads', () => {
  it('list charge points with their connection', async () => {
    const { body } = await api.request(
      'GET',
      '/api/v1/charge-points?limit=5&protocol=ocpp1.6&registration_status=Accepted',
    );
    expect(chargePoints.list).toHaveBeenCalledWith({
      limit: 5,
      protocol: 'ocpp1.6',
      registrationStatus: 'Accepted',
      retired: false,
      sort: 'cp_id',
    });
    expect(body.next_cursor).toBe('next');
    expect(body.items[0]).toMatchObject({
      cp_id: 'CP-1',
      online: true,
      connection: { pod: 'edge-1', last_seen_at: '1970-01-01T00:00:02.000Z' },
      last_seen_at: '1970-01-01T00:00:02.000Z',
      has_password: true,
    });
    expect(JSON.stringify(body)).not.toMatch(/\$2b/);
  });

  it('go on without Redis, saying that nobody knows who is online', async () => {
    registry.getMany.mockRejectedValueOnce(new RedisUnavailableError('look up'));
    const { status, body } = await api.request('GET', '/api/v1/charge-points/CP-1');
    expect(status).toBe(200);
    expect(body).toMatchObject({ online: null, connection: null, last_seen_at: '1970-01-01T00:00:01.500Z' });
  });

  it.each([
    ['Redis, as its pod died without a word', 7_000, '1970-01-01T00:00:07.000Z'],
    ['Postgres, as Redis has forgotten', undefined, '1970-01-01T00:00:01.500Z'],
  ])('F19 tell of an offline charger when it was seen last, by %s', async (_, seen, lastSeenAt) => {
    registry.getMany.mockResolvedValueOnce(new Map());
    registry.lastSeen.mockResolvedValueOnce(new Map(seen === undefined ? [] : [['CP-1', seen]]));
    const { body } = await api.request('GET', '/api/v1/charge-points/CP-1');
    expect(body).toMatchObject({ online: false, connection: null, last_seen_at: lastSeenAt });
  });

  it('tell an unknown charger from an unknown transaction', async () => {
    const paths = [
      '/api/v1/charge-points/X',
      '/api/v1/charge-points/X/transactions/1',
      '/api/v1/charge-points/X/meter-values',
    ];
    for (const path of paths)
      expect((await api.request('GET', path)).body.type).toBe(problem('charge-point-not-found'));
    const missing = await api.request('GET', '/api/v1/charge-points/CP-1/transactions/1');
    expect(missing).toMatchObject({ status: 404, body: { type: problem('transaction-not-found') } });
  });

  it('pass filters on, times with their offset resolved and identities as registered', async () => {
    await api.request('GET', '/api/v1/transactions?cp_id=cp-1&state=active&from=2026-01-01T02:00:00%2B02:00');
    expect(transactions.list).toHaveBeenCalledWith({
      cpId: 'CP-1',
      state: 'active',
      from: new Date('2026-01-01T00:00:00Z'),
      limit: 50,
      sort: '-started_at',
    });
    await api.request('GET', '/api/v1/charge-points/cp-1/meter-values?measurand=Voltage&transaction_id=7');
    expect(meterValues.list).toHaveBeenCalledWith({
      cpId: 'CP-1',
      measurand: 'Voltage',
      transactionId: '7',
      limit: 200,
    });
  });

  it('give energy by time, of a period with as many buckets as an answer holds', async () => {
    const at = (hour: number): Date => new Date(Date.UTC(2026, 0, 1, hour));
    timeSeries.energy.mockResolvedValueOnce([
      { beginsAt: at(0), endsAt: at(1), energyWh: 500, estimatedWh: 20, transactions: 1 },
    ]);
    const path = '/api/v1/charge-points/cp-1/energy?interval=hour&from=2026-01-01T00:00:00Z';
    expect((await api.request('GET', `${path}&to=2026-01-02T00:00:00Z`)).body).toEqual({
      items: [
        {
          begins_at: '2026-01-01T00:00:00.000Z',
          ends_at: '2026-01-01T01:00:00.000Z',
          energy_wh: 500,
          estimated_wh: 20,
          transactions: 1,
        },
      ],
    });
    expect(timeSeries.energy).toHaveBeenCalledWith('CP-1', { interval: 'hour', from: at(0), to: at(24) });
    for (const to of ['2025-12-31T00:00:00Z', '2026-06-01T00:00:00Z'])
      expect((await api.request('GET', `${path}&to=${to}`)).body.type).toBe(problem('invalid-parameter'));
  });
});

describe('PUT of a charge point', () => {
  it('creates it with a bcrypt hash, and never shows password or hash', async () => {
    chargePoints.find.mockResolvedValueOnce(null).mockResolvedValueOnce(chargePointRecord({ cpId: 'NEW' }));
    const answer = await api.request('PUT', '/api/v1/charge-points/NEW', {
      json: { password: 'correct-horse-battery' },
    });
    expect(answer.status).toBe(201);
    expect(chargePoints.create).toHaveBeenCalledWith({
      cpId: 'NEW',
      securityProfile: 1,
      passwordHash: expect.stringMatching(/^\$2b\$10\$/),
    });
    expect(JSON.stringify([answer.body, api.logs])).not.toMatch(/correct-horse|\$2b/);
  });

  it('updates what is given and leaves the rest', async () => {
    const answer = await api.request('PUT', '/api/v1/charge-points/cp-1', { json: { tolerance: 'strict' } });
    expect(answer.status).toBe(200);
    expect(chargePoints.update).toHaveBeenCalledWith('CP-1', { tolerance: 'strict' });
  });

  it.each(['a%2Fb', 'a%0Ab', 'a%00b', '%20'])('F24 refuses the identity %s, as the edge does', async (cpId) => {
    const path = `/api/v1/charge-points/${cpId}`;
    expect((await api.request('PUT', path, { json: {} })).status).toBe(400);
    expect((await api.request('GET', path)).status).toBe(400);
  });

  it('F24 takes the identity a:b, as the edge does', async () => {
    chargePoints.find.mockResolvedValueOnce(null).mockResolvedValueOnce(chargePointRecord({ cpId: 'a:b' }));
    expect((await api.request('PUT', '/api/v1/charge-points/a%3Ab', { json: {} })).status).toBe(201);
  });
});

describe('commands', () => {
  const path = '/api/v1/charge-points/CP-1/commands';

  it('answer with what the charger said', async () => {
    const outcome: CommandOutcome = {
      kind: 'result',
      action: 'RequestStartTransaction',
      payload: { status: 'Rejected', transactionId: 'T1', statusInfo: { reasonCode: 'TxInProgress' } },
      status: 'Rejected',
      answer: { transactionId: 'T1' },
    };
    bus.send.mockResolvedValueOnce({ recorded: true, outcome });
    const { status, body } = await api.request('POST', `${path}/remote-start`, {
      json: { id_token: 'TAG', remote_start_id: 5 },
      headers: { 'x-request-id': 'r-1' },
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      request_id: 'r-1',
      command_id: expect.stringMatching(/^[\da-f-]{36}$/),
      action: 'RequestStartTransaction',
      status: 'Rejected',
      status_info: { reason_code: 'TxInProgress', additional_info: null },
      remote_start_id: 5,
      transaction_id: 'T1',
    });
  });

  it('wait as long as the caller says, and carry its trace', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const answer = await api.request('POST', `${path}/reset`, {
      json: { type: 'Hard', timeout_s: 2 },
      headers: { traceparent },
    });
    expect(answer).toMatchObject({
      status: 200,
      body: { status: 'Accepted', command_id: expect.stringMatching(/^[\da-f-]{36}$/) },
    });
    expect(bus.send).toHaveBeenCalledWith(
      'CP-1',
      { kind: 'Reset', type: 'Hard' },
      expect.objectContaining({ deadline: expect.any(Number), traceparent }),
    );
    for (const timeout_s of [0, 31, '5'])
      expect((await api.request('POST', `${path}/reset`, { json: { type: 'Hard', timeout_s } })).status).toBe(422);
  });

  it('want the EVSE of a connector', async () => {
    const answer = await api.request('POST', `${path}/change-availability`, {
      json: { operative: true, connector_id: 1 },
    });
    expect(answer.body.errors).toEqual([{ pointer: '/evse_id', message: 'is needed with connector_id' }]);
  });

  it('refuse certificates that a charger would refuse', async () => {
    const answer = await api.request('POST', `${path}/certificate-signed`, { json: { certificate_chain: 'PEM?' } });
    expect(answer).toMatchObject({
      status: 422,
      body: { type: problem('invalid-body'), errors: [{ pointer: '/certificate_chain' }] },
    });
    expect(stationMirror.certificateSignings).toHaveBeenCalledWith('CP-1', expect.any(Number));
    expect(bus.send).not.toHaveBeenCalled();
  });

  it('that are calls answer with the bare payload and name the command in a header', async () => {
    const answer = await api.request('POST', '/api/v1/charge-points/CP-1/calls/Reset?timeout_s=3', {
      json: { type: 'Soft' },
    });
    expect(answer).toMatchObject({ status: 200, body: { status: 'Accepted' } });
    expect(answer.headers.get('x-command-id')).toMatch(/^[\da-f-]{36}$/);
    expect(bus.send).toHaveBeenCalledWith(
      'CP-1',
      { kind: 'Call', action: 'Reset', payload: { type: 'Soft' } },
      expect.objectContaining({ deadline: expect.any(Number) }),
    );
  });

  it('show a CALLERROR whole', async () => {
    const outcome: CommandOutcome = {
      kind: 'callerror',
      action: 'Reset',
      code: 'InternalError',
      description: 'stuck',
      details: { relay: 1 },
    };
    bus.send.mockResolvedValueOnce({ recorded: true, outcome });
    const answer = await api.request('POST', `${path}/reset`, { json: { type: 'Soft' } });
    expect(answer.status).toBe(502);
    expect(answer.body.call_error).toEqual({
      action: 'Reset',
      code: 'InternalError',
      standard_code: 'InternalError',
      description: 'stuck',
      details: { relay: 1 },
    });
  });
});
