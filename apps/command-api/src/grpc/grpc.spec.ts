import { connect } from 'node:http2';
import { status as Grpc, credentials, loadPackageDefinition } from '@grpc/grpc-js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { gateway, type Command, type CommandOutcome } from '@ocpp-gw/contracts';
import { RedisUnavailableError } from '@ocpp-gw/redis';
import { service as healthService } from 'grpc-health-check';
import { register } from 'prom-client';
import { startApi, type RunningApi } from '../testdata/api.ts';
import { fakes } from '../testdata/fakes.ts';
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
    const command: Command = { kind: 'Reset', type: 'hard', evseId: 2 };
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
    await client.call(
      'Reset',
      { cpId: 'CP-1', type: gateway.ResetType.RESET_TYPE_SOFT, timeoutSeconds: 20 },
      { deadlineMs: 4000 },
    );
    const timeoutMs = (bus.send.mock.calls[0]?.[2].deadline ?? 0) - Date.now();
    expect(timeoutMs).toBeLessThan(4000);
    expect(timeoutMs).toBeGreaterThan(3000);
  });

  it("gives the command up at the client's deadline", async () => {
    const sending = Promise.withResolvers<AbortSignal | undefined>();
    bus.send.mockImplementationOnce((_cpId, _command, { gone }) => {
      sending.resolve(gone);
      return new Promise(() => undefined);
    });
    const called = client.call('Reset', reset, { deadlineMs: 200 });
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
    ['a full queue', { kind: 'refused', code: 'QueueFull', reason: 'full' }, Grpc.UNAVAILABLE],
  ])('answers %s with its status', async (_, outcome, code) => {
    ends(outcome);
    const { error } = await client.call('Reset', reset);
    expect(error?.code).toBe(code);
    expect(error?.metadata.get('problem-type')[0]).toMatch(/^urn:ocpp-gw:problem:/);
    expect(error?.metadata.get('x-request-id')[0]).toBeTruthy();
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
    expect((await client.call('Reset', { cpId: 'CP-1' })).error?.details).toMatch(/\/type: .*soft.*hard/);
    expect((await client.call('Reset', { ...reset, cpId: '' })).error?.details).toMatch(/\/cp_id: /);
    expect(bus.send).not.toHaveBeenCalled();
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

  it('serves health and reflection without a token', async () => {
    const Health = loadPackageDefinition({ 'grpc.health.v1.Health': healthService } as never) as never as {
      grpc: { health: { v1: { Health: new (target: string, creds: object) => HealthClient } } };
    };
    const health = new Health.grpc.health.v1.Health(api.grpc, credentials.createInsecure());
    const answer = await new Promise((resolve, reject) =>
      health.check({ service: 'ocpp_gw.v1.GatewayService' }, (error, value) =>
        error ? reject(error) : resolve(value),
      ),
    );
    health.close();
    expect(answer).toMatchObject({ status: 'SERVING' });
    expect(await reflectedServices(api.grpc)).toMatch(/ocpp_gw\.v1\.GatewayService/);
  });
});

interface HealthClient {
  check(request: object, callback: (error: Error | null, value: unknown) => void): void;
  close(): void;
}

/** ServerReflection.ServerReflectionInfo with list_services, on the wire: no client library has its descriptors. */
async function reflectedServices(target: string): Promise<string> {
  const session = connect(`http://${target}`);
  const stream = session.request({
    ':method': 'POST',
    ':path': '/grpc.reflection.v1.ServerReflection/ServerReflectionInfo',
    'content-type': 'application/grpc',
    te: 'trailers',
  });
  // Field 7, list_services: "*".
  const message = Buffer.from([0x3a, 0x01, 0x2a]);
  stream.end(Buffer.concat([Buffer.from([0, 0, 0, 0, message.length]), message]));
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  session.close();
  return Buffer.concat(chunks).toString('latin1');
}
