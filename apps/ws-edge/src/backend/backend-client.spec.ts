import { afterEach, describe, expect, it } from '@jest/globals';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BackendClient, type BackendClientOptions } from './backend-client.ts';
import { registerAnswer } from '@ocpp-gw/contracts/backend';
import { BackendError } from './errors.ts';

interface Received {
  url: string | undefined;
  headers: IncomingHttpHeaders;
  body: Record<string, unknown>;
}

type Answer = { status: number; body?: string } | 'hang' | 'reset';

let server: Server | undefined;
let client: BackendClient | undefined;

afterEach(async () => {
  server?.closeAllConnections();
  await client?.stop();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  server = client = undefined;
});

/** A backend that gives these answers in turn, the last one for ever. */
async function backend(answers: Answer[], options: Partial<BackendClientOptions> = {}) {
  const received: Received[] = [];
  const outcomes: string[] = [];
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const answer = answers[Math.min(received.length, answers.length - 1)] ?? 'hang';
      received.push({ url: request.url, headers: request.headers, body: JSON.parse(text) as Record<string, unknown> });
      if (answer === 'reset') request.socket.destroy();
      else if (answer !== 'hang') response.writeHead(answer.status).end(answer.body ?? '');
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const sut = new BackendClient({
    baseUrl: `http://127.0.0.1:${port}/base/`,
    token: 'secret-token',
    attemptTimeoutMs: 30_000,
    deadlineMs: 60_000,
    retries: 2,
    connections: 4,
    breaker: { threshold: 2, cooldownMs: 60_000 },
    observe: (_path, outcome) => outcomes.push(outcome),
    ...options,
  });
  client = sut;
  return { sut, received, outcomes, ask: () => sut.ask('/register', 'CP1', { vendor: 'V' }, registerAnswer) };
}

const accepted = { status: 200, body: '{"status":"accepted"}' };

describe(BackendClient.name, () => {
  it('sends the envelope with bearer token and idempotency key, and reads the answer', async () => {
    const { ask, received } = await backend([accepted]);
    expect(await ask()).toEqual({ status: 'Accepted' });
    expect(received[0]).toMatchObject({
      url: '/base/register',
      headers: { authorization: 'Bearer secret-token', 'content-type': 'application/json' },
      body: { v: 1, cp_id: 'CP1', data: { vendor: 'V' } },
    });
    expect(received[0]?.headers['idempotency-key']).toMatch(/^[0-9a-f-]{36}$/);
    expect(received[0]?.body['request_id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(received[0]?.body['sent_at']).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
  });

  it.each<[string, Answer]>([
    ['503', { status: 503 }],
    ['a reset', 'reset'],
  ])('repeats a call after %s under the same idempotency key', async (_what, failure) => {
    const { ask, received } = await backend([failure, accepted]);
    await ask();
    expect(received).toHaveLength(2);
    expect(received[1]?.headers['idempotency-key']).toBe(received[0]?.headers['idempotency-key']);
  });

  it('gives up after the retries', async () => {
    const { ask, received } = await backend([{ status: 500 }], { retries: 1 });
    await expect(ask()).rejects.toMatchObject({ kind: 'status', status: 500, retriable: true });
    expect(received).toHaveLength(2);
  });

  it('gives up at the deadline', async () => {
    const { ask } = await backend(['hang'], { deadlineMs: 100 });
    await expect(ask()).rejects.toMatchObject({ kind: 'unreachable', retriable: true });
  });

  it.each([
    ['no JSON', 'accepted'],
    ['another shape', '{"status":"perhaps"}'],
    ['nothing', ''],
  ])('counts an answer of %s as a failure of the backend', async (_what, body) => {
    const { ask } = await backend([{ status: 200, body }]);
    await expect(ask()).rejects.toMatchObject({ kind: 'malformed', retriable: false });
    await expect(ask()).rejects.toMatchObject({ kind: 'malformed' });
    await expect(ask()).rejects.toMatchObject({ kind: 'circuitOpen' });
  });

  it('leaves a backend alone that failed repeatedly, and says so at once', async () => {
    const { ask, received, outcomes } = await backend([{ status: 500 }], { retries: 0 });
    for (let i = 0; i < 4; i++) await expect(ask()).rejects.toBeInstanceOf(BackendError);
    expect(received).toHaveLength(2);
    expect(outcomes).toEqual(['status', 'status', 'circuitOpen', 'circuitOpen']);
  });

  it('does not hold a 4xx against the backend: it is up', async () => {
    const { ask, received } = await backend([{ status: 401 }]);
    for (let i = 0; i < 4; i++) await expect(ask()).rejects.toMatchObject({ status: 401, retriable: false });
    expect(received).toHaveLength(4);
  });

  it('S4 does not hold against the backend what cannot be written: it is not asked', async () => {
    const { sut, ask, received } = await backend([accepted]);
    let deep: unknown = 0;
    for (let depth = 0; depth < 100_000; depth += 1) deep = [deep];
    for (let i = 0; i < 4; i++)
      await expect(sut.deliver('/sessions/open', 'CP1', { deep }, `event-${i}`)).rejects.toMatchObject({
        kind: 'unsendable',
        retriable: false,
      });
    expect(await ask()).toEqual({ status: 'Accepted' });
    expect(received).toHaveLength(1);
  });

  it('delivers with the key it is given; any 2xx is enough', async () => {
    const { sut, received } = await backend([{ status: 204 }]);
    await sut.deliver('/sessions/open', 'CP1', { a: 1 }, 'event-1');
    expect(received[0]?.headers['idempotency-key']).toBe('event-1');
  });

  it.each([
    [401, true],
    [404, true],
    [503, true],
    [400, false],
    [422, false],
  ])('keeps a session call that was answered %d for later: %s', async (status, retriable) => {
    const { sut } = await backend([{ status }], { retries: 0 });
    await expect(sut.deliver('/sessions/close', 'CP1', {}, 'event-1')).rejects.toMatchObject({ status, retriable });
  });
});
