import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request } from 'undici';
import { guardedAgent, type GuardedAgentOptions } from './guarded-agent.ts';

describe('guardedAgent', () => {
  let server: Server;
  let requests: number;

  beforeEach(async () => {
    requests = 0;
    server = createServer((_request, response) => {
      requests += 1;
      response.end('0123456789');
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
  });

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  async function get(host: string, addresses: string[], options: Partial<GuardedAgentOptions> = {}): Promise<string> {
    const dispatcher = guardedAgent({
      allowPrivate: false,
      timeoutMs: 1000,
      resolve: () => Promise.resolve(addresses.map((address) => ({ address, family: 4 }))),
      refused: (name, address) => new Error(`refused ${name} at ${address}`),
      ...options,
    });
    try {
      const { port } = server.address() as AddressInfo;
      return await (await request(`http://${host}:${port}/`, { dispatcher })).body.text();
    } finally {
      await dispatcher.destroy();
    }
  }

  it.each([
    ['host.example', 'host.example at 127.0.0.1'],
    ['127.0.0.1', '127.0.0.1 at 127.0.0.1'],
    ['[::1]', '::1 at ::1'],
    ['[::ffff:127.0.0.1]', '::ffff:7f00:1 at ::ffff:7f00:1'],
    ['2130706433', '127.0.0.1 at 127.0.0.1'],
    ['0x7f.1', '127.0.0.1 at 127.0.0.1'],
    ['127.0.0.1.', '127.0.0.1 at 127.0.0.1'],
  ])('does not connect to %s', async (host, refused) => {
    await expect(get(host, ['127.0.0.1', '10.0.0.1'])).rejects.toThrow(`refused ${refused}`);
    expect(requests).toBe(0);
  });

  it('connects there where it may', async () => {
    expect(await get('host.example', ['127.0.0.1'], { allowPrivate: true })).toBe('0123456789');
    expect(await get('127.0.0.1', [], { allowPrivate: true })).toBe('0123456789');
  });

  it.each([true, false])('fails where a name has no address, private ones allowed: %s', async (allowPrivate) => {
    await expect(get('host.example', [], { allowPrivate })).rejects.toThrow('host.example has no address');
  });

  it('takes no more of an answer than it may', async () => {
    const most = (maxResponseSize: number) => get('127.0.0.1', [], { allowPrivate: true, maxResponseSize });
    expect(await most(10)).toBe('0123456789');
    await expect(most(9)).rejects.toThrow(expect.objectContaining({ code: 'UND_ERR_RES_EXCEEDED_MAX_SIZE' }));
  });

  it.each([
    [2, 2],
    [undefined, 4],
  ])('shares at most %s connections to one origin among four requests', async (connections, opened) => {
    let sockets = 0;
    server.on('connection', () => (sockets += 1));
    const dispatcher = guardedAgent({ allowPrivate: true, timeoutMs: 1000, connections, refused: () => new Error() });
    const { port } = server.address() as AddressInfo;
    const ask = async () => (await request(`http://127.0.0.1:${port}/`, { dispatcher })).body.text();
    await Promise.all([ask(), ask(), ask(), ask()]);
    await dispatcher.destroy();
    expect(sockets).toBe(opened);
  });
});
