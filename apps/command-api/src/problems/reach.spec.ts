import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { CommandOutcome } from '@ocpp-gw/contracts';
import { BulkCommands } from '@ocpp-gw/persistence';
import { CommandInterruptedError, RedisUnavailableError, TransactionRequestCaller } from '@ocpp-gw/redis';
import { WebhookTargets } from '../admin/webhook-targets.ts';
import { WebhookAdmin } from '../admin/webhooks.ts';
import { EventStream } from '../events/event-stream.ts';
import { EventStreams } from '../events/event-streams.ts';
import { startApi, type RunningApi } from '../testdata/api.ts';
import { fakes } from '../testdata/fakes.ts';
import { commandRecord } from '../testdata/records.ts';
import { deliveryRecord } from '../testdata/webhooks.ts';
import { ProblemError } from './problem-error.ts';
import { PROBLEM_KINDS, problemDefinition, problemType, type ProblemKind } from './registry.ts';

const parts = fakes();
const { bus, commands, chargePoints, transactions, registry, webhooks, reports, overrides } = parts;
const open = jest.fn<EventStreams['open']>();
const logger = { debug() {}, info() {}, warn() {}, error() {}, child: () => logger };
const everything = new Map<unknown, unknown>([
  ...overrides,
  [BulkCommands, { claim: async () => null, get: async () => null }],
  [EventStreams, { open, stop: async () => undefined }],
  [TransactionRequestCaller, { ask: async () => ({ kind: 'unchanged' }) }],
  [
    WebhookAdmin,
    new WebhookAdmin({
      ...webhooks,
      targets: new WebhookTargets(false),
      logger,
      testWithinMs: { begun: 50, ended: 50 },
    }),
  ],
]);

/** The API, and two that are configured otherwise. */
let api: RunningApi;
let closed: RunningApi;
let narrow: RunningApi;

beforeAll(async () => {
  api = await startApi({}, everything);
  closed = await startApi({ EVEYS_OCPP_REST_INBOUND_TOKENS: '' }, fakes().overrides);
  narrow = await startApi({ EVEYS_OCPP_REST_RATE_LIMIT_PER_MINUTE: '1' }, fakes().overrides);
}, 60_000);
afterAll(() => Promise.all([api, closed, narrow].map((each) => each.stop())));

type Options = Parameters<RunningApi['request']>[2];
type Answered = ReturnType<RunningApi['request']>;

const CP = '/api/v1/charge-points/CP-1';
const get = (path: string, options?: Options): Answered => api.request('GET', path, options);
const post = (path: string, json: unknown = {}, options?: Options): Answered =>
  api.request('POST', path, { json, ...options });
const authorization = (token: string): Options => ({ headers: { authorization: token } });
const reset = (options?: Options): Answered => post(`${CP}/commands/reset`, { type: 'Soft' }, options);
const newWebhook = (name = 'new'): Answered =>
  post('/api/v1/webhooks', { name, url: 'https://1.1.1.1/', events: ['*'] });

/** A command that ends so. */
function ending(outcome: CommandOutcome): Answered {
  bus.send.mockResolvedValueOnce({ recorded: true, outcome });
  return reset();
}

const KEYED: Options = { headers: { 'idempotency-key': 'key-1' } };

/** A command whose key was used before. */
async function repeated(known: Parameters<typeof commandRecord>[0]): Answered {
  const record = commandRecord(known);
  commands.ofKey.mockResolvedValueOnce(record);
  commands.get.mockResolvedValue(record);
  const answer = await reset(KEYED);
  commands.get.mockResolvedValue(null);
  return answer;
}

/** The problem in the last event of a stream. */
async function endOfStream(end: (stream: EventStream) => void): Answered {
  const limits = { items: 1, bytes: 1 };
  const stream = new EventStream({ positions: new Map(), wants: () => true, limits, onClosed: () => undefined });
  open.mockResolvedValueOnce(stream);
  end(stream);
  const answer = await get('/api/v1/events');
  const body = JSON.parse(/^event: stream\.closed\ndata: (.*)$/m.exec(answer.body)?.[1] ?? '{}');
  return { ...answer, status: body.status, body };
}

/** A request that is answered with each problem. A new type does not compile until it has one. */
const REACHED: { readonly [Kind in ProblemKind]: () => Answered } = {
  'malformed-json': () => reset({ body: '{', json: undefined }),
  'invalid-parameter': () => get('/api/v1/transactions?limit=0'),
  'bad-request': () => get('/api/v1/charge-points/%FF'),
  'no-tokens-configured': () => closed.request('GET', CP),
  'token-missing': () => get(CP, authorization('')),
  'token-unknown': () => get(CP, authorization('Bearer nobody')),
  'scope-missing': () => reset(authorization('Bearer read-token')),
  'route-not-found': () => get('/api/v1/nowhere'),
  'method-not-allowed': () => api.request('DELETE', CP),
  'body-too-large': () => post(`${CP}/commands/reset`, { type: 'x'.repeat(1_100_000) }),
  'headers-too-large': () => get(`/api/v1/charge-points?q=${'x'.repeat(20_000)}`),
  'unsupported-media-type': () =>
    reset({ body: 'type=Soft', json: undefined, headers: { 'content-type': 'text/plain' } }),
  'invalid-body': () => post(`${CP}/commands/reset`),
  'rate-limited': async () => {
    await narrow.request('GET', CP);
    return narrow.request('GET', CP);
  },
  'internal-error': () => {
    chargePoints.list.mockRejectedValueOnce(new TypeError('a fault of ours'));
    return get('/api/v1/charge-points');
  },
  'dependency-unavailable': () => {
    bus.send.mockRejectedValueOnce(new RedisUnavailableError('send'));
    return reset();
  },
  'charge-point-not-found': () => get('/api/v1/charge-points/NOBODY'),
  'precondition-failed': () => api.request('PATCH', CP, { json: {}, headers: { 'if-match': '"nope"' } }),
  'transaction-not-found': () => get(`${CP}/transactions/none`),
  'transaction-conflict': () => {
    const ended = { cpId: 'CP-1', transactionId: '7', state: 'ended' };
    transactions.get.mockResolvedValueOnce(ended as never);
    return post(`${CP}/transactions/7/end`);
  },
  'report-not-found': () => {
    reports.get.mockResolvedValueOnce(null);
    return get(`${CP}/reports/999`);
  },
  'command-not-found': () => get('/api/v1/commands/01a22b3e-3161-7000-8000-4f4a2c5d6e7f'),
  'bulk-command-not-found': () => get('/api/v1/bulk-commands/01a22b3e-3161-7000-8000-4f4a2c5d6e7f'),
  'webhook-not-found': () => get('/api/v1/webhooks/none'),
  'webhook-exists': () => newWebhook('billing'),
  'webhook-configured': () => api.request('DELETE', '/api/v1/webhooks/declared'),
  'too-many-webhooks': () => {
    webhooks.subscriptions.create.mockResolvedValueOnce('too many');
    return newWebhook();
  },
  'webhook-test-unanswered': () => {
    webhooks.tests.get.mockResolvedValue(null);
    return post('/api/v1/webhooks/billing/test');
  },
  'webhook-delivery-not-found': () => get('/api/v1/webhook-deliveries/8'),
  'webhook-delivery-not-dead': () => {
    webhooks.log.replay.mockResolvedValueOnce([]);
    webhooks.log.get.mockResolvedValueOnce(deliveryRecord({ state: 'delivered' }));
    return post('/api/v1/webhook-deliveries/7/replay');
  },
  'charge-point-offline': () => {
    registry.get.mockResolvedValueOnce(null);
    return ending({ kind: 'offline' });
  },
  'charge-point-moved': () => ending({ kind: 'moved' }),
  'not-supported': () => ending({ kind: 'notSupported', protocol: 'ocpp1.6', reason: 'OCPP 1.6 has no such message' }),
  'charge-point-not-accepted': () => ending({ kind: 'refused', code: 'not_accepted', reason: 'pending' }),
  'invalid-payload': () =>
    ending({ kind: 'invalidPayload', action: 'Reset', errors: [{ path: '/type', message: 'is wrong' }] }),
  'command-cancelled': () => ending({ kind: 'cancelled' }),
  'command-running': async () => {
    await reset(KEYED);
    const bodyHash = commands.begin.mock.lastCall?.[0].idempotency?.bodyHash ?? null;
    return repeated({ bodyHash, state: 'sent', deadline: new Date(0) });
  },
  'idempotency-key-reused': () => repeated({ bodyHash: 'another' }),
  'call-error': () =>
    ending({ kind: 'callerror', action: 'Reset', code: 'InternalError', description: '', details: {} }),
  'invalid-answer': () => ending({ kind: 'invalidResult', action: 'Reset', reason: 'status is missing', payload: {} }),
  'charge-point-disconnected': () => ending({ kind: 'disconnected', action: 'Reset', sent: true }),
  'answer-lost': () => {
    bus.send.mockRejectedValueOnce(new CommandInterruptedError('id', 'CP-1'));
    return reset();
  },
  'not-taken': () => ending({ kind: 'refused', code: 'queue_full', reason: 'ten calls wait' }),
  'answer-timeout': () => ending({ kind: 'timeout', action: 'Reset' }),
  'charge-point-silent': () => ending({ kind: 'expired', silent: true }),
  'command-expired': () => ending({ kind: 'expired' }),
  // Kafka itself is in events.int.spec.ts.
  'events-gone': () => {
    open.mockRejectedValueOnce(new ProblemError('events-gone'));
    return get('/api/v1/events');
  },
  'too-many-streams': () => {
    const none = new EventStreams({ kafka: {} as never, streamsPerToken: 0 });
    open.mockImplementationOnce((stream) => none.open(stream));
    return get('/api/v1/events');
  },
  'stream-too-slow': () => endOfStream((stream) => stream.end(new ProblemError('stream-too-slow'))),
  'stream-stopped': async () => {
    const stopped = new EventStreams({ kafka: {} as never, streamsPerToken: 1 });
    await stopped.stop();
    open.mockImplementationOnce((stream) => stopped.open(stream));
    return get('/api/v1/events');
  },
};

describe('every type of problem', () => {
  it.each(PROBLEM_KINDS)('is answered over HTTP: %s', async (kind) => {
    const { status, body, headers } = await REACHED[kind]();
    const { title, status: ofRegistry } = problemDefinition(kind);
    expect(body).toMatchObject({ type: problemType(kind), title, status: ofRegistry, detail: expect.any(String) });
    expect(status).toBe(ofRegistry);
    expect(headers.get('x-request-id')).toBe(body.request_id);
  });
});
