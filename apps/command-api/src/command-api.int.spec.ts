import { status as Grpc } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { gateway, type CommandEnvelope } from '@ocpp-gw/contracts';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { eventually } from '@ocpp-gw/testing';
import { startApi, type RunningApi } from './testdata/api.ts';
import { apiDocument } from './rest/openapi/document.ts';
import { EVENT_IDS, seedClickHouse, seedPostgres } from './testdata/data.ts';
import { Edge } from './testdata/edge.ts';
import { GatewayClient } from './testdata/grpc-client.ts';

let plane: DataPlane;
let api: RunningApi;
let edge: Edge;
let client: GatewayClient;
const received: CommandEnvelope[] = [];

beforeAll(async () => {
  plane = await startDataPlane({ name: 'command-api', ports: 'random', only: ['postgres', 'redis', 'clickhouse'] });
  await Promise.all([seedPostgres(plane.postgresUrl), seedClickHouse(plane.clickhouseUrl)]);
  edge = new Edge(plane.redisUrl);
  await edge.start();
  await edge.connect('CP-A', 'ocpp1.6', async (envelope) => {
    received.push(envelope);
    const { command } = envelope;
    if (command.kind === 'Reset')
      return { kind: 'callerror', action: 'Reset', code: 'InternalError', description: 'relay', details: { n: 1 } };
    const action = command.kind === 'Call' ? command.action : command.kind;
    return { kind: 'result', action, payload: { status: 'Accepted' }, status: 'Accepted' };
  });
  await edge.connect('CP-B', 'ocpp2.0.1', () => new Promise(() => undefined));
  api = await startApi({
    EVEYS_OCPP_DB_URL: plane.postgresUrl,
    EVEYS_OCPP_REDIS_URL: plane.redisUrl,
    EVEYS_OCPP_CLICKHOUSE_URL: plane.clickhouseUrl,
  });
  client = new GatewayClient(api.grpc);
}, 120_000);

afterAll(async () => {
  client?.close();
  await api?.stop();
  await edge?.stop();
  await plane?.stop();
}, 60_000);

const command = (cpId: string, name: string, json: object) =>
  api.request('POST', `/api/v1/charge-points/${cpId}/commands/${name}`, { json });

describe('reads from the real engines', () => {
  it('is ready once Postgres and Redis are there', async () => {
    const { status, body } = await api.request('GET', '/api/v1/ready');
    expect(status).toBe(200);
    expect(body.checks).toEqual({ postgres: 'ok', redis: 'ok' });
  });

  it('lists charge points page by page, with who is connected', async () => {
    const first = (await api.request('GET', '/api/v1/charge-points?limit=2')).body;
    expect(first.items).toMatchObject([
      { cp_id: 'CP-A', online: true, connection: { pod: 'edge-test', protocol: 'ocpp1.6' }, firmware_version: '1.2' },
      { cp_id: 'CP-B', online: true },
    ]);
    const second = (await api.request('GET', `/api/v1/charge-points?limit=2&cursor=${first.next_cursor}`)).body;
    expect(second).toMatchObject({ items: [{ cp_id: 'CP-C', online: false, connection: null }], next_cursor: null });
  });

  it('shows one charge point with its connectors, by an identity in any case', async () => {
    const { body } = await api.request('GET', '/api/v1/charge-points/cp-a');
    expect(body).toMatchObject({ cp_id: 'CP-A', connectors: [{ evse_id: 1, connector_id: 1, status: 'Available' }] });
  });

  it('lists transactions newest first, by charger, state and time', async () => {
    const ids = async (query: string): Promise<string[]> =>
      (await api.request('GET', `/api/v1/transactions?${query}`)).body.items.map(
        (each: { transaction_id: string }) => each.transaction_id,
      );
    expect(await ids('')).toEqual(['tx-3', '2', '1']);
    expect(await ids('cp_id=cp-a')).toEqual(['2', '1']);
    expect(await ids('state=active')).toEqual(['tx-3', '2']);
    expect(await ids('from=2026-01-02T00:00:00Z&to=2026-01-03T00:00:00Z')).toEqual(['2']);
    const { body } = await api.request('GET', '/api/v1/charge-points/CP-A/transactions/1');
    expect(body).toMatchObject({ energy_wh: 1500, state: 'ended', started_at: '2026-01-01T10:00:00.000Z' });
  });

  it('shows what a 2.0.1 transaction cost, and what of it is missing for good', async () => {
    const { body } = await api.request('GET', '/api/v1/charge-points/CP-B/transactions/tx-3');
    expect(body).toMatchObject({
      total_cost: 12.5,
      cost: { amount: '12.50', currency: 'EUR' },
      missing_seq_nos: [2],
      gaps_final: true,
      messages_in_queue: null,
    });
  });

  it('refuses a cursor that no page gave out', async () => {
    for (const path of ['/api/v1/charge-points', '/api/v1/transactions', '/api/v1/charge-points/CP-A/meter-values']) {
      const { status, body } = await api.request('GET', `${path}?cursor=bogus`);
      expect([status, body.errors?.[0]?.parameter]).toEqual([400, 'cursor']);
    }
  });

  it.each([
    ['cp-a/reservations?state=expired', { reservation_id: 1, state: 'expired' }],
    ['cp-a/configuration', { key: 'HeartbeatInterval', value: '300' }],
    ['cp-a/charging-profiles', { charging_profile_id: 5, schedule: { periods: [{ start_period: 0, limit: 16 }] } }],
    ['cp-b/variables?component=ocppcommctrlr', { variable: 'HeartbeatInterval', value: '300', evse_id: 0 }],
    ['cp-b/variables?variable=availabilitystate&evse_id=2', { component: 'EVSE', value: 'Available' }],
    ['cp-b/monitors', { monitor_id: 7, type: 'UpperThreshold', value: 11 }],
    ['cp-b/display-messages', { message_id: 3, message: { content: 'Closed' } }],
    ['cp-b/network-profiles', { configuration_slot: 1, ocpp_csms_url: 'wss://csms' }],
    ['cp-b/charging-limits', { evse_id: 1, source: 'EMS', schedules: [] }],
    ['cp-b/firmware-publications', { ocpp_request_id: 9, status: 'Published', locations: [] }],
    ['cp-b/reports', { ocpp_request_id: 5, state: 'timed_out', parts: 2, missing_seq_nos: [1] }],
  ])('shows what a charger accepted and reported, by an identity in any case: %s', async (path, item) => {
    const { status, body } = await api.request('GET', `/api/v1/charge-points/${path}`);
    expect([status, body]).toMatchObject([200, { items: [item], next_cursor: null }]);
  });

  it('shows a report with the items of the parts that are there, and 404 where there is none', async () => {
    const path = '/api/v1/charge-points/cp-b/reports';
    expect((await api.request('GET', `${path}/5`)).body).toMatchObject({ items: [{ n: 0 }, { n: 1 }, { n: 2 }] });
    expect((await api.request('GET', `${path}/6`)).body.type).toBe('urn:ocpp-gw:problem:report-not-found');
  });

  it('shows the version of the local list, and 404 where there is no such charger', async () => {
    const path = '/api/v1/charge-points/cp-a/local-list';
    expect((await api.request('GET', path)).body).toEqual({ version: 4, updated_at: '2026-01-01T00:00:00.000Z' });
    expect((await api.request('GET', '/api/v1/charge-points/nobody/local-list')).status).toBe(404);
  });

  /** Ids of all events of a list, read one at a time. */
  const eventIds = async (path: string): Promise<string[]> => {
    const ids: string[] = [];
    for (let cursor = ''; ;) {
      const { body } = await api.request('GET', `${path}?limit=1${cursor && `&cursor=${cursor}`}`);
      ids.push(...body.items.map((each: { event_id: string }) => each.event_id));
      if (body.next_cursor === null) return ids;
      cursor = body.next_cursor;
    }
  };

  it('lists the statuses of connectors newest first in pages, each once though it was delivered twice', async () => {
    const path = '/api/v1/charge-points/cp-a/status-history';
    expect(await eventIds(path)).toEqual([...EVENT_IDS].reverse());
    const { items } = (await api.request('GET', `${path}?evse_id=1&connector_id=1&to=2026-01-02T10:00:02Z`)).body;
    expect(items).toMatchObject([{ event_id: EVENT_IDS[0], status: 'Available', evse_id: 1, error_code: 'NoError' }]);
    expect((await api.request('GET', `${path}?status=Faulted`)).body.items).toMatchObject([{ evse_id: 2 }]);
  });

  it('lists security events newest first in pages, each once though it was delivered twice', async () => {
    const path = '/api/v1/charge-points/cp-a/security-events';
    expect(await eventIds(path)).toEqual([...EVENT_IDS].reverse());
    const { items } = (await api.request('GET', `${path}?type=TamperDetectionActivated&to=2026-01-02T10:00:02Z`)).body;
    expect(items).toEqual([
      {
        event_id: EVENT_IDS[0],
        occurred_at: '2026-01-02T10:00:01.500Z',
        recorded_at: '2026-01-02T10:00:10.000Z',
        type: 'TamperDetectionActivated',
        tech_info: null,
        protocol: 'ocpp1.6',
      },
    ]);
  });

  it('lists events of components newest first in pages, each once though it was delivered twice', async () => {
    const path = '/api/v1/charge-points/cp-b/station-events';
    expect(await eventIds(path)).toEqual([...EVENT_IDS].reverse());
    const { items } = (await api.request('GET', `${path}?component=evse&to=2026-01-02T10:00:02Z`)).body;
    expect(items).toMatchObject([
      { event_id: EVENT_IDS[0], evse_id: 1, actual_value: '22000', cleared: false, cause: null },
    ]);
    const ofNoEvse = (await api.request('GET', `${path}?variable=POWER&evse_id=0`)).body.items;
    expect(ofNoEvse).toMatchObject([{ event_id: EVENT_IDS[2], component: 'Controller' }]);
  });

  it('lists meter values newest first, each once though it was delivered twice', async () => {
    const path = '/api/v1/charge-points/CP-A/meter-values';
    const all = (await api.request('GET', path)).body;
    expect(all.items.map((each: { event_id: string }) => each.event_id)).toEqual([...EVENT_IDS].reverse());
    expect(all.items[1]).toMatchObject({
      value: 1700,
      unit: 'Wh',
      sampled_at: '2026-01-02T10:00:02.500Z',
      phase: null,
    });

    const pages: string[] = [];
    let cursor = '';
    do {
      const { body } = await api.request('GET', `${path}?limit=1${cursor}`);
      pages.push(...body.items.map((each: { event_id: string }) => each.event_id));
      cursor = body.next_cursor === null ? '' : `&cursor=${body.next_cursor}`;
    } while (cursor);
    expect(pages).toEqual([...EVENT_IDS].reverse());
  });

  it('filters meter values by time, measurand and transaction', async () => {
    const count = async (query: string): Promise<number> =>
      (await api.request('GET', `/api/v1/charge-points/CP-A/meter-values?${query}`)).body.items.length;
    expect(await count('from=2026-01-02T10:00:02Z')).toBe(2);
    expect(await count('to=2026-01-02T10:00:02Z')).toBe(1);
    expect(await count('measurand=Voltage')).toBe(1);
    expect(await count('transaction_id=1')).toBe(0);
  });
});

describe('administration in the real Postgres', () => {
  it('creates a charge point, then changes only what is given', async () => {
    const path = '/api/v1/charge-points/NEW-1';
    const created = await api.request('PUT', path, {
      json: { password: 'correct-horse-battery', tolerance: 'strict' },
    });
    expect(created).toMatchObject({
      status: 201,
      body: { security_profile: 1, has_password: true, tolerance: 'strict' },
    });
    const updated = await api.request('PUT', path.toLowerCase().replace('/new', '/NeW'), { json: { tolerance: null } });
    expect(updated).toMatchObject({
      status: 200,
      body: { cp_id: 'NEW-1', security_profile: 1, has_password: true, tolerance: null },
    });
  });
});

describe('S3 text that no store holds', () => {
  interface Described {
    paths: Record<string, Record<string, { parameters?: { in: string; name: string; schema: { type?: string } }[] }>>;
  }
  const NUL = 'a%00b';
  const ID = '01a22b3e-3161-7000-8000-4f4a2c5d6e7f';
  const SOUND: Record<string, string> = { cp_id: 'CP-A', action: 'ClearCache', command_id: ID, bulk_id: ID };

  /** Each route once for each of its text parameters, which is NUL; the others are sound. */
  function requests(): [method: string, path: string, parameter: string][] {
    const { paths } = apiDocument(api.app) as unknown as Described;
    return Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, { parameters = [] }]) =>
        inPathOrQuery(parameters).map(({ in: place, name }): [string, string, string] => {
          const filled = path.replaceAll(/\{(\w+)\}/g, (_, each: string) =>
            each === name ? NUL : (SOUND[each] ?? '1'),
          );
          return [method.toUpperCase(), place === 'query' ? `${filled}?${name}=${NUL}` : filled, name];
        }),
      ),
    );
  }

  /** Node refuses a NUL in a header itself. */
  /** No client sends a NUL in a header. */
  function inPathOrQuery<P extends { in: string }>(parameters: readonly P[]): P[] {
    return parameters.filter((parameter) => parameter.in !== 'header');
  }

  it('is refused by name in every parameter of every route, and costs no error of ours', async () => {
    const all = requests();
    expect(all.length).toBeGreaterThan(100);
    for (const [method, path, parameter] of all) {
      const { status, body } = await api.request(method, path, method === 'GET' ? {} : { json: {} });
      const refused = { path, status, parameters: body.errors?.map((each: { parameter?: string }) => each.parameter) };
      // A body that lacks a field is looked at after the path.
      expect(refused).toEqual({ path, status: 400, parameters: [parameter] });
    }
  }, 60_000);

  it.each([
    ['/api/v1/charge-points', ['a\0b']],
    ['/api/v1/charge-points', ['\ud800']],
    ['/api/v1/charge-points/CP-B/variables', ['a\0', '', '0', '0', '', '', 'Actual']],
    ['/api/v1/transactions', ['-271821-04-20T00:00:00.000Z', '1']],
    ['/api/v1/transactions', ['+275760-09-13T00:00:00.000Z', '1']],
    ['/api/v1/charge-points/CP-A/meter-values', [Number.MAX_SAFE_INTEGER, EVENT_IDS[0], 0]],
    ['/api/v1/charge-points/CP-A/security-events', [-8.64e15, EVENT_IDS[0]]],
  ])('is refused in a cursor of %s: %j', async (path, position) => {
    const cursor = Buffer.from(JSON.stringify(position)).toString('base64url');
    const { status, body } = await api.request('GET', `${path}?cursor=${cursor}`);
    expect([status, body.errors?.[0]?.parameter]).toEqual([400, 'cursor']);
  });

  it('reads as nothing found where it is merely strange', async () => {
    for (const id of ['%F0%9F%98%80', '%7F', '%E2%80%AE', "'%22;--", 'x'.repeat(255)]) {
      const path = `charge-points/CP-A/transactions/${id}`;
      expect([path, (await api.request('GET', `/api/v1/${path}`)).status]).toEqual([path, 404]);
    }
    for (const id of ['%F0%9F%98%80', "'%22;--", 'x'.repeat(255)])
      expect([id, (await api.request('GET', `/api/v1/charge-points/${id}`)).status]).toEqual([id, 404]);
    // No charger can come by such an identity.
    for (const id of ['%7F', '%E2%80%AE'])
      expect([id, (await api.request('GET', `/api/v1/charge-points/${id}`)).status]).toEqual([id, 400]);
    expect((await api.request('GET', `/api/v1/charge-points/${'x'.repeat(256)}`)).status).toBe(400);
    for (const time of ['0000-01-01T00:00:00Z', '9999-12-31T23:59:59Z'])
      for (const path of ['transactions', 'charge-points/CP-A/meter-values', 'charge-points/CP-A/station-events'])
        for (const side of ['from', 'to'])
          expect([path, (await api.request('GET', `/api/v1/${path}?${side}=${time}`)).status]).toEqual([path, 200]);
  });

  it('is refused over gRPC', async () => {
    const soft = { type: gateway.ResetType.RESET_TYPE_SOFT };
    const refused = [
      await client.call('Reset', { cpId: 'CP\0A', ...soft }),
      await client.call('RemoteStart', { cpId: 'CP-A', idToken: 'TAG\0' }),
      await client.call('Call', { cpId: 'CP\0A', action: 'ClearCache', payload: {} }),
      await client.call('Call', { cpId: 'CP-A', action: 'Clear\0', payload: {} }),
    ];
    expect(refused.map(({ error }) => error?.code)).toEqual(refused.map(() => Grpc.INVALID_ARGUMENT));
  });
});

describe('S4 a body that is nested without end', () => {
  const deep = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;

  it.each([65, 5_000, 100_000])('is refused at %d levels: nothing was sent', async (levels) => {
    const sent = received.length;
    for (const path of ['calls/DataTransfer', 'commands/data-transfer']) {
      const body = `{"vendorId":"V","vendor_id":"V","data":${deep(levels)}}`;
      const answer = await api.request('POST', `/api/v1/charge-points/CP-B/${path}`, { body });
      expect([answer.status, answer.body.type]).toEqual([422, 'urn:ocpp-gw:problem:invalid-body']);
      expect(answer.body.detail).toMatch(/Nothing was sent/);
    }
    expect(received).toHaveLength(sent);
  });

  it.each([100, 2_000])('is refused over gRPC at %d levels', async (levels) => {
    let data: unknown = 0;
    for (let level = 0; level < levels; level += 1) data = [data];
    const payload = { vendorId: 'V', data };
    const { error } = await client.call('Call', { cpId: 'CP-B', action: 'DataTransfer', payload });
    expect([error?.code, error?.details]).toEqual([
      Grpc.INVALID_ARGUMENT,
      expect.stringMatching(/nested more than 64/),
    ]);
  });
});

describe('F29 several first PUTs of one charge point at once', () => {
  it('create it once and update it otherwise, in whatever letter case it is named', async () => {
    for (let round = 0; round < 4; round += 1) {
      const names = ['RACE', 'race', 'Race', 'rAcE'].map((name) => `${name}-${round}`);
      const answers = await Promise.all(
        names.map((name, index) =>
          api.request('PUT', `/api/v1/charge-points/${name}`, {
            json: index % 2 ? { server_ping: false } : { password: '0123456789abcdef' },
          }),
        ),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 201]);
      const { body } = await api.request('GET', `/api/v1/charge-points/race-${round}`);
      expect(body).toMatchObject({ has_password: true, security_profile: 1, server_ping: false });
    }
  });
});

describe('commands over the real bus', () => {
  it('reach the charger and bring its answer back', async () => {
    const { status, body } = await command('cp-a', 'remote-start', { id_token: 'TAG', evse_id: 1 });
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'Accepted', command_id: received.at(-1)?.requestId });
    expect(received.at(-1)).toMatchObject({
      cpId: 'CP-A',
      command: { kind: 'RemoteStart', idToken: 'TAG', evseId: 1, remoteStartId: body.remote_start_id },
    });
  });

  it('answer 409 at once for a charger that is away, 404 for one that is unknown', async () => {
    const startedAt = performance.now();
    expect((await command('CP-C', 'reset', { type: 'Soft' })).status).toBe(409);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    expect((await command('CP-X', 'reset', { type: 'Soft' })).status).toBe(404);
  });

  it('answer 504 at the deadline of a charger that is silent', async () => {
    const startedAt = performance.now();
    const { status, body } = await command('CP-B', 'reset', { type: 'Soft', timeout_s: 1 });
    expect([status, body.type]).toEqual([504, 'urn:ocpp-gw:problem:answer-timeout']);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });

  it('answer 502 with code and details of a CALLERROR', async () => {
    const { status, body } = await command('CP-A', 'reset', { type: 'Soft' });
    expect(status).toBe(502);
    expect(body.call_error).toEqual({
      action: 'Reset',
      code: 'InternalError',
      standard_code: 'InternalError',
      description: 'relay',
      details: { n: 1 },
    });
  });

  it("check a call against the charger's own protocol", async () => {
    const call = (cpId: string, action: string, json: object) =>
      api.request('POST', `/api/v1/charge-points/${cpId}/calls/${action}?timeout_s=1`, { json });
    expect(await call('CP-A', 'ClearCache', {})).toMatchObject({ status: 200, body: { status: 'Accepted' } });
    expect(await call('CP-A', 'SetVariables', {})).toMatchObject({ status: 409, body: { protocol: 'ocpp1.6' } });
    const wrong = await call('CP-B', 'SetVariables', { setVariableData: 'all' });
    expect(wrong).toMatchObject({ status: 422, body: { errors: [{ pointer: '/setVariableData' }] } });
  });

  it('are the same over gRPC', async () => {
    const start = await client.call('RemoteStart', { cpId: 'CP-A', idToken: 'TAG' });
    expect(start.answer).toMatchObject({ status: 'Accepted' });
    const call = await client.call('Call', { cpId: 'CP-A', action: 'ClearCache', payload: {} });
    expect(call.answer?.['payload']).toEqual({ status: 'Accepted' });
    const soft = { type: gateway.ResetType.RESET_TYPE_SOFT };
    expect((await client.call('Reset', { cpId: 'CP-A', ...soft })).error?.code).toBe(Grpc.ABORTED);
    expect((await client.call('Reset', { cpId: 'CP-C', ...soft })).error?.code).toBe(Grpc.FAILED_PRECONDITION);
    expect((await client.call('Reset', { cpId: 'CP-X', ...soft })).error?.code).toBe(Grpc.NOT_FOUND);
    const late = await client.call('Reset', { cpId: 'CP-B', ...soft }, { deadlineMs: 1200 });
    expect(late.error?.code).toBe(Grpc.DEADLINE_EXCEEDED);
  });
});

describe('with a dependency away', () => {
  it('commands answer 503 at once without Redis, reads go on, and both recover', async () => {
    await plane.kill('redis');
    const startedAt = performance.now();
    const answer = await command('CP-A', 'remote-start', { id_token: 'TAG' });
    expect(answer).toMatchObject({ status: 503, body: { dependency: 'redis' } });
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    expect((await client.call('RemoteStart', { cpId: 'CP-A', idToken: 'T' })).error?.code).toBe(Grpc.UNAVAILABLE);
    expect((await api.request('GET', '/api/v1/charge-points/CP-A')).body).toMatchObject({ online: null });
    expect((await api.request('GET', '/api/v1/ready')).status).toBe(503);
    expect((await api.request('GET', '/api/v1/health')).status).toBe(200);
    await plane.start('redis');
    await eventually(async () => (await command('CP-A', 'remote-start', { id_token: 'TAG' })).status === 200);
  }, 60_000);

  it('meter values answer 503 without ClickHouse, the rest goes on', async () => {
    await plane.kill('clickhouse');
    const answer = await api.request('GET', '/api/v1/charge-points/CP-A/meter-values');
    expect(answer).toMatchObject({ status: 503, body: { dependency: 'clickhouse' } });
    expect((await api.request('GET', '/api/v1/transactions')).status).toBe(200);
    expect((await api.request('GET', '/api/v1/ready')).status).toBe(200);
  }, 60_000);

  it('reads answer 503 without Postgres, and recover', async () => {
    await plane.kill('postgres');
    const answer = await api.request('GET', '/api/v1/transactions');
    expect(answer).toMatchObject({ status: 503, body: { dependency: 'postgres' } });
    await plane.start('postgres');
    await eventually(async () => (await api.request('GET', '/api/v1/transactions')).status === 200);
  }, 60_000);
});
