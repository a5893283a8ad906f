import { status as Grpc, type ServiceError } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { snakeCase } from '@ocpp-gw/contracts';
import { ClickHouseUnavailableError } from '@ocpp-gw/clickhouse';
import { startApi, type RunningApi } from '../testdata/api.ts';
import { fakes } from '../testdata/fakes.ts';
import { GatewayClient } from '../testdata/grpc-client.ts';
import { commandRecord } from '../testdata/records.ts';
import { detailsOf } from '../testdata/status-details.ts';
import { ROUTE_RPC_LIST } from './route-rpcs.ts';

const { overrides, chargePoints, commands, transactions, meterValues, deviceMirror } = fakes();
const COMMAND_ID = '01a22b3e-3161-7000-8000-4f4a2c5d6e7f';
const PATH: Record<string, unknown> = {
  cp_id: 'CP-1',
  transaction_id: '17',
  ocpp_request_id: 8123,
  command_id: COMMAND_ID,
};
let api: RunningApi;
let client: GatewayClient;

beforeAll(async () => {
  api = await startApi({}, overrides);
  client = new GatewayClient(api.grpc);
  const record = commandRecord();
  commands.get.mockResolvedValue(record);
  commands.list.mockResolvedValue({ items: [record], nextCursor: 'next' });
});
afterAll(async () => {
  client.close();
  await api.stop();
});

/** An answer of gRPC in the names and types of REST. */
function asRest(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(asRest);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [snakeCase(key), asRest(each)]));
}

/** Without what proto3 cannot tell from absence. */
function whole(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(whole);
  if (typeof value !== 'object' || value === null) return value;
  const present = Object.entries(value).filter(([, each]) => each !== null && each !== undefined && each !== '');
  return Object.fromEntries(present.map(([key, each]) => [key, whole(each)]));
}

describe('an rpc that is a route', () => {
  // Both answers say until when they are.
  beforeAll(() => {
    const doNotFake = [
      'nextTick',
      'queueMicrotask',
      'hrtime',
      'performance',
      'setImmediate',
      'clearImmediate',
    ] as const;
    jest.useFakeTimers({ doNotFake: [...doNotFake, 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  });
  afterAll(() => void jest.useRealTimers());

  const reads = ROUTE_RPC_LIST.filter(({ route }) => route.scope === 'read');

  it.each(reads.map((rpc) => [rpc.name, rpc] as const))('%s answers what its route answers', async (name, rpc) => {
    const { id, parameters } = rpc.route;
    const given = parameters.flatMap(({ name: parameter }) => (parameter === undefined ? [] : [parameter]));
    const path = id.slice('GET '.length).replaceAll(/\{(\w+)\}/g, (_, parameter: string) => String(PATH[parameter]));
    const rest = await api.request('GET', path);
    const fields = Object.fromEntries(
      given.map((parameter) => [
        parameter.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()),
        PATH[parameter],
      ]),
    );
    const { answer, error } = await client.call(name, fields, { token: 'read-token' });
    if (rest.status !== 200) {
      expect(error?.metadata.get('problem-type')).toEqual([rest.body.type]);
      return;
    }
    expect(error).toBeUndefined();
    const { answerField } = rpc;
    const body = asRest(answer) as Record<string, unknown>;
    expect(whole(answerField === undefined ? body : body[answerField])).toEqual(whole(rest.body));
  });

  it.each(ROUTE_RPC_LIST.map(({ name, route }) => [name, route.scope]))(
    '%s needs the scope %s',
    async (name, scope) => {
      const token = scope === 'read' ? 'command-token' : 'read-token';
      expect((await client.call(name, {}, { token })).error?.code).toBe(Grpc.PERMISSION_DENIED);
    },
  );

  it('passes on filters, times, yes or no, and pages as the query of REST does', async () => {
    const from = new Date('2026-01-31T12:00:00Z');
    const { answer } = await client.call('ListTransactions', { from, suspect: false, remoteStartId: 0, limit: 7 });
    const sort = '-started_at';
    expect(transactions.list).toHaveBeenLastCalledWith({ from, suspect: false, remoteStartId: 0, limit: 7, sort });
    expect(answer).toEqual({ items: [], nextCursor: undefined });
    await client.call('ListTransactions', {});
    expect(transactions.list).toHaveBeenLastCalledWith({ limit: 50, sort });
    await client.call('ListChargePoints', { tag: ['site:berlin', 'operator:x'] });
    expect(chargePoints.list).toHaveBeenLastCalledWith(
      expect.objectContaining({ tags: { site: 'berlin', operator: 'x' }, retired: false }),
    );
    await client.call('ListVariables', { cpId: 'CP-1', evseId: 0, component: 'EVSE' });
    expect(deviceMirror.variables).toHaveBeenLastCalledWith('CP-1', { component: 'EVSE', evseId: 0, limit: 200 });
  });

  it('waits for the end of a command', async () => {
    const { answer } = await client.call('GetCommand', { commandId: COMMAND_ID, wait: 0.01 });
    expect(answer).toMatchObject({ command: { commandId: expect.any(String), state: expect.any(String) } });
  });

  it('ends in the problem of its route', async () => {
    const limit = await client.call('ListChargePoints', { limit: 501 });
    expect(limit.error?.code).toBe(Grpc.INVALID_ARGUMENT);
    expect(detailsOf(limit.error as ServiceError).details).toMatchObject([
      { reason: 'invalid-parameter' },
      {},
      { fieldViolations: [{ field: 'limit' }] },
    ]);
    const unknown = await client.call('GetChargePoint', { cpId: 'CP-9' });
    expect(unknown.error?.code).toBe(Grpc.NOT_FOUND);
    meterValues.list.mockRejectedValueOnce(new ClickHouseUnavailableError('read'));
    expect((await client.call('ListMeterValues', { cpId: 'CP-1' })).error?.code).toBe(Grpc.UNAVAILABLE);
  });

  it('changes a charge point, whose tags may be null', async () => {
    const tags = { site: 'berlin', operator: null };
    const { answer, error } = await client.call('UpdateChargePoint', { cpId: 'CP-1', tags });
    expect(error).toBeUndefined();
    expect(chargePoints.update).toHaveBeenLastCalledWith('CP-1', { tagChanges: tags });
    expect(answer).toMatchObject({ chargePoint: { cpId: 'CP-1', tags: {} } });
    const precondition = await client.call('RetireChargePoint', { cpId: 'CP-1' }, { metadata: { 'if-match': '"no"' } });
    expect(precondition.error?.metadata.get('problem-type')).toEqual(['urn:ocpp-gw:problem:precondition-failed']);
  });

  it('sets a charge point, and takes an empty text for null', async () => {
    const { answer } = await client.call('UpsertChargePoint', { cpId: 'CP-1', tolerance: '', serverPing: false });
    expect(chargePoints.update).toHaveBeenLastCalledWith(
      'CP-1',
      expect.objectContaining({ tolerance: null, serverPing: false }),
    );
    expect(answer).toMatchObject({ chargePoint: { cpId: 'CP-1', createdAt: expect.any(Date) } });
    const { error } = await client.call('UpsertChargePoint', { cpId: 'CP-1', password: 'short' });
    expect(detailsOf(error as ServiceError).details).toMatchObject([
      { reason: 'invalid-body' },
      {},
      { fieldViolations: [{ field: 'password' }] },
    ]);
  });
});
