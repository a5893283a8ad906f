import { status as Grpc, type ServiceError } from '@grpc/grpc-js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { gateway, type Command, type CommandOutcome } from '@ocpp-gw/contracts';
import { RedisUnavailableError } from '@ocpp-gw/redis';
import { register } from 'prom-client';
import { startApi, type RunningApi } from '../testdata/api.ts';
import { fakes } from '../testdata/fakes.ts';
import { detailsOf } from '../testdata/status-details.ts';
import { GatewayClient } from '../testdata/grpc-client.ts';

const { bus, registry, overrides } = fakes();
let api: RunningApi;
let client: GatewayClient;

beforeAll(async () => {
  api = await startApi({}, overrides);
  client = new GatewayClient(api.grpc);
});
afterAll(async () => {
  client.close();
  await api.stop();
});
beforeEach(() => {
  bus.send.mockClear();
});

const sent = (): Command | undefined => bus.send.mock.calls[0]?.[1];
const ends = (outcome: CommandOutcome): void => void bus.send.mockResolvedValueOnce({ recorded: true, outcome });

const reset = { cpId: 'CP-1', type: gateway.ResetType.RESET_TYPE_SOFT };

describe('the gRPC API', () => {
  it('sends a command on as the REST command does, to the identity as it is registered', async () => {
    const message = { cpId: 'cp-1', type: gateway.ResetType.RESET_TYPE_HARD, evseId: 2 };
    const { answer } = await client.call('Reset', message);
    expect(answer).toEqual({
      status: 'Accepted',
      requestId: expect.stringMatching(/^[\da-f-]{36}$/),
      commandId: expect.stringMatching(/^[\da-f-]{36}$/),
      action: 'Reset',
    });
    const command: Command = { kind: 'Reset', type: 'Hard', evseId: 2 };
    expect(bus.send).toHaveBeenCalledWith('CP-1', command, expect.objectContaining({ deadline: expect.any(Number) }));
  });

  it('makes a remote start id when none is given, and returns it', async () => {
    const { answer } = await client.call('RemoteStart', { cpId: 'CP-1', idToken: 'TAG' });
    const command = sent() as Extract<Command, { kind: 'RemoteStart' }>;
    expect(command).toMatchObject({ kind: 'RemoteStart', idToken: 'TAG' });
    expect(command.evseId).toBeUndefined();
    expect(command.remoteStartId).toBeGreaterThan(0);
    expect(answer).toMatchObject({ remoteStartId: command.remoteStartId, transactionId: '' });
  });

  it('carries a payload of any shape both ways', async () => {
    const payload = { key: ['a', 'b'], nested: { on: true, none: null, n: 1.5 } };
    ends({ kind: 'result', action: 'DataTransfer', payload });
    const { answer } = await client.call('Call', {
      cpId: 'CP-1',
      action: 'DataTransfer',
      payload: { vendorId: 'x', data: 'y' },
    });
    expect(sent()).toEqual({ kind: 'Call', action: 'DataTransfer', payload: { vendorId: 'x', data: 'y' } });
    expect(answer?.['payload']).toEqual(payload);
  });

  it("waits for less than the client's deadline", async () => {
    const before = Date.now();
    await client.call(
      'Reset',
      { cpId: 'CP-1', type: gateway.ResetType.RESET_TYPE_SOFT, timeoutSeconds: 20 },
      { deadlineMs: 4000 },
    );
    const deadline = bus.send.mock.calls[0]?.[2].deadline ?? 0;
    expect(deadline - Date.now()).toBeLessThan(4000);
    expect(deadline - before).toBeGreaterThan(3000);
  });

  it("gives the command up at the client's deadline", async () => {
    const sending = Promise.withResolvers<AbortSignal | undefined>();
    bus.send.mockImplementationOnce((_cpId, _command, { gone }) => {
      sending.resolve(gone);
      return new Promise(() => undefined);
    });
    const called = client.call('Reset', reset, { deadlineMs: 2_000 });
    const gone = await sending.promise;
    expect(gone?.aborted).toBe(false);
    expect((await called).error?.code).toBe(Grpc.DEADLINE_EXCEEDED);
    if (!gone?.aborted) await new Promise((resolve) => gone?.addEventListener('abort', resolve));
  });

  it("takes the request id and the trace of the client's metadata", async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const { answer } = await client.call(
      'Reset',
      { cpId: 'CP-1', type: gateway.ResetType.RESET_TYPE_SOFT },
      { metadata: { 'x-request-id': 'mine-1', traceparent } },
    );
    expect(answer?.['requestId']).toBe('mine-1');
    expect(bus.send.mock.calls[0]?.[2].traceparent).toBe(traceparent);
  });

  it.each<[string, CommandOutcome, Grpc]>([
    ['a charger that is away', { kind: 'offline' }, Grpc.FAILED_PRECONDITION],
    ['a protocol without it', { kind: 'notSupported', protocol: 'ocpp1.6', reason: 'no' }, Grpc.FAILED_PRECONDITION],
    [
      'a payload that breaks the schema',
      { kind: 'invalidPayload', action: 'Reset', errors: [] },
      Grpc.INVALID_ARGUMENT,
    ],
    [
      'a CALLERROR',
      { kind: 'callerror', action: 'Reset', code: 'GenericError', description: 'd', details: {} },
      Grpc.ABORTED,
    ],
    ['no answer in time', { kind: 'timeout', action: 'Reset' }, Grpc.DEADLINE_EXCEEDED],
    ['a full queue', { kind: 'refused', code: 'queue_full', reason: 'full' }, Grpc.UNAVAILABLE],
  ])('answers %s with its status', async (_, outcome, code) => {
    ends(outcome);
    const { error } = await client.call('Reset', reset);
    expect(error?.code).toBe(code);
    expect(error?.metadata.get('problem-type')[0]).toMatch(/^urn:ocpp-gw:problem:/);
    expect(error?.metadata.get('x-request-id')[0]).toBeTruthy();
    expect(detailsOf(error as ServiceError)).toMatchObject({ code, message: error?.details });
  });

  it('says code and description of a CALLERROR in the message', async () => {
    ends({ kind: 'callerror', action: 'Reset', code: 'GenericError', description: 'door open', details: {} });
    expect((await client.call('Reset', reset)).error?.details).toMatch(/GenericError: door open/);
  });

  it('answers UNAVAILABLE while Redis is away, NOT_FOUND for a charger nobody knows', async () => {
    bus.send.mockRejectedValueOnce(new RedisUnavailableError('send'));
    expect((await client.call('Reset', reset)).error?.code).toBe(Grpc.UNAVAILABLE);
    registry.get.mockResolvedValueOnce(null);
    expect((await client.call('Reset', { ...reset, cpId: 'X' })).error?.code).toBe(Grpc.NOT_FOUND);
  });

  it('names the wrong fields of a request', async () => {
    const { error } = await client.call('RemoteStart', { cpId: 'CP-1', evseId: -1, timeoutSeconds: 60 });
    expect(error?.code).toBe(Grpc.INVALID_ARGUMENT);
    expect(error?.details).toMatch(/\/id_token: .*\n\/evse_id: .*\n\/timeout_seconds: /);
    expect((await client.call('Reset', { cpId: 'CP-1' })).error?.details).toMatch(/\/type: .*Soft.*Hard/);
    expect((await client.call('Reset', { ...reset, cpId: '' })).error?.details).toMatch(/\/cp_id: /);
    expect(bus.send).not.toHaveBeenCalled();
  });

  it('says in google.rpc.Status what is wrong and whether to try again', async () => {
    const wrong = await client.call(
      'RemoteStart',
      { cpId: 'CP-1', evseId: -1 },
      { metadata: { 'x-request-id': 'r-1' } },
    );
    expect(detailsOf(wrong.error as ServiceError).details).toEqual([
      { type: 'google.rpc.ErrorInfo', reason: 'invalid-body', domain: 'ocpp-gw', metadata: {} },
      { type: 'google.rpc.RequestInfo', requestId: 'r-1', servingData: '' },
      {
        type: 'google.rpc.BadRequest',
        fieldViolations: [
          { field: 'id_token', description: expect.any(String) },
          { field: 'evse_id', description: expect.any(String) },
        ],
      },
    ]);
    bus.send.mockRejectedValueOnce(new RedisUnavailableError('send'));
    const away = await client.call('Reset', reset);
    expect(detailsOf(away.error as ServiceError).details).toEqual([
      {
        type: 'google.rpc.ErrorInfo',
        reason: 'dependency-unavailable',
        domain: 'ocpp-gw',
        metadata: expect.objectContaining({ dependency: 'redis' }),
      },
      expect.objectContaining({ type: 'google.rpc.RequestInfo' }),
      { type: 'google.rpc.RetryInfo', retryDelay: { seconds: expect.objectContaining({ low: 5 }), nanos: 0 } },
    ]);
    ends({ kind: 'callerror', action: 'Reset', code: 'GenericError', description: 'd', details: { a: 1 } });
    const [info] = detailsOf((await client.call('Reset', reset)).error as ServiceError).details;
    expect(JSON.parse(info?.['metadata'].call_error)).toMatchObject({ code: 'GenericError', details: { a: 1 } });
  });

  it.each<[string, string | null, Grpc]>([
    ['no token', null, Grpc.UNAUTHENTICATED],
    ['an unknown token', 'wrong', Grpc.UNAUTHENTICATED],
    ['a token without the scope', 'read-token', Grpc.PERMISSION_DENIED],
  ])('refuses %s', async (_, token, code) => {
    expect((await client.call('Reset', reset, { token })).error?.code).toBe(code);
    expect(bus.send).not.toHaveBeenCalled();
  });

  it('times calls by method and code', async () => {
    await client.call('Reset', reset, { token: null });
    expect(await register.metrics()).toMatch(
      /eveys_ocpp_grpc_request_duration_seconds_count\{method="\/ocpp_gw.v1.GatewayService\/Reset",code="UNAUTHENTICATED"\}/,
    );
  });
});
