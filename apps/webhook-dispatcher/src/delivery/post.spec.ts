import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Agent } from 'undici';
import { createTargetAgent } from '../targets/target-agent.ts';
import { post } from './post.ts';
import type { Answer } from './verdict.ts';

const headers = { 'webhook-id': 'id1', 'webhook-timestamp': '1', 'webhook-signature': 'v1,x' };

describe('post', () => {
  let server: Server;
  let respond: RequestListener;
  let requests: IncomingMessage[];
  let agents: Agent[];

  beforeEach(async () => {
    requests = [];
    agents = [];
    server = createServer((request, response) => {
      requests.push(request);
      respond(request, response);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
  });

  afterEach(async () => {
    await Promise.all(agents.map((agent) => agent.destroy()));
    server.closeAllConnections();
    server.close();
  });

  const send = (options: { host?: string; allowPrivate?: boolean; timeoutMs?: number } = {}): Promise<Answer> => {
    const { host = '127.0.0.1', allowPrivate = true, timeoutMs = 20_000 } = options;
    const resolve = () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
    const agent = createTargetAgent({ allowPrivate, timeoutMs, resolve });
    agents.push(agent);
    const { port } = server.address() as AddressInfo;
    return post(agent, { url: `http://${host}:${port}/hook`, headers, body: '{"a":1}', timeoutMs });
  };

  it('sends the body as JSON with the signature', async () => {
    let body = '';
    respond = (request, response) => {
      request.on('data', (chunk) => (body += String(chunk)));
      request.on('end', () => response.writeHead(204).end());
    };
    expect(await send()).toEqual({ kind: 'answered', status: 204 });
    expect(requests[0]?.headers).toMatchObject({ ...headers, 'content-type': 'application/json' });
    expect([requests[0]?.method, body]).toEqual(['POST', '{"a":1}']);
  });

  it('reports a redirect, and does not follow it', async () => {
    respond = (_, response) => response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
    expect(await send()).toEqual({ kind: 'answered', status: 302 });
    expect(requests).toHaveLength(1);
  });

  it('reports what the receiver wants to wait', async () => {
    respond = (_, response) => response.writeHead(429, { 'retry-after': '7' }).end();
    expect(await send()).toEqual({ kind: 'answered', status: 429, retryAfter: '7' });
  });

  it('gives up on a receiver that does not answer', async () => {
    respond = () => undefined;
    expect(await send({ timeoutMs: 100 })).toEqual({ kind: 'failed', reason: 'no answer within 100 ms' });
  });

  it('goes by the status alone when the body does not end', async () => {
    respond = (_, response) => response.writeHead(200).write('a');
    expect(await send({ timeoutMs: 2_000 })).toEqual({ kind: 'answered', status: 200 });
  });

  it('does not read a body that is too long', async () => {
    respond = (_, response) => {
      response.writeHead(200);
      const fill = (): void =>
        void (response.write('x'.repeat(65_536)) ? setImmediate(fill) : response.once('drain', fill));
      fill();
    };
    const startedAt = performance.now();
    expect(await send({ timeoutMs: 60_000 })).toEqual({ kind: 'answered', status: 200 });
    expect(performance.now() - startedAt).toBeLessThan(30_000);
  });

  it('says why nothing could be reached', async () => {
    respond = (request) => request.socket.destroy();
    expect(await send()).toEqual({ kind: 'failed', reason: expect.stringMatching(/other side closed|ECONNRESET/) });
  });

  it.each(['127.0.0.1', 'localhost', 'public.example', '[::ffff:127.0.0.1]', '2130706433'])(
    'never connects to %s when that leads inside',
    async (host) => {
      respond = (_, response) => response.end();
      const answer = await send({ host, allowPrivate: false });
      expect(answer).toEqual({
        kind: 'failed',
        reason: expect.stringMatching(/is no public address: set EVEYS_OCPP_WEBHOOK_ALLOW_PRIVATE_TARGETS/),
      });
      expect(requests).toHaveLength(0);
    },
  );

  it('reaches a name that leads inside where that is allowed', async () => {
    respond = (_, response) => response.end();
    expect(await send({ host: 'intranet.example' })).toEqual({ kind: 'answered', status: 200 });
  });
});
