import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { answerClientErrors } from './client-errors.ts';

describe(answerClientErrors.name, () => {
  const server = createServer((_, response) => response.end('ok'));
  beforeAll(async () => {
    answerClientErrors(server);
    await once(server.listen(0, '127.0.0.1'), 'listening');
  });
  afterAll(() => void server.close());

  const answerTo = async (request: string): Promise<[head: string, body: string]> => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.write(request);
    const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
    return [head, body];
  };

  it.each([
    ['a URL that is too large', `GET /?${'x'.repeat(200_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431, 'headers-too-large'],
    ['what is no HTTP', 'hello\r\n\r\n', 400, 'bad-request'],
  ])('answers %s with a problem and closes the connection', async (_, request, status, kind) => {
    const [head, body] = await answerTo(request);
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} [A-Z]`));
    expect(head).toContain('Content-Type: application/problem+json');
    expect(head).toContain('Connection: close');
    const problem = JSON.parse(body) as Record<string, unknown>;
    expect(problem).toMatchObject({ type: `urn:ocpp-gw:problem:${kind}`, status });
    expect(head).toContain(`X-Request-Id: ${String(problem['request_id'])}`);
  });

  it('leaves a request that can be read alone', async () => {
    const [head, body] = await answerTo('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1.1 200 /);
    expect(body).toContain('ok');
  });
});
