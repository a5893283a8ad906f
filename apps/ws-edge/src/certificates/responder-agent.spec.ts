import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request } from 'undici';
import { OcspError } from './errors.ts';
import { createResponderAgent } from './responder-agent.ts';

describe('createResponderAgent', () => {
  let server: Server;
  let answer: Buffer;

  beforeEach(async () => {
    answer = Buffer.from('answer');
    server = createServer((_request, response) => response.end(answer));
    await once(server.listen(0, '127.0.0.1'), 'listening');
  });

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  async function get(host: string, allowPrivate: boolean): Promise<number> {
    const resolve = () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
    const dispatcher = createResponderAgent({ allowPrivate, timeoutMs: 30_000, resolve });
    try {
      const { port } = server.address() as AddressInfo;
      const { body } = await request(`http://${host}:${port}/`, { dispatcher });
      return (await body.arrayBuffer()).byteLength;
    } finally {
      await dispatcher.destroy();
    }
  }

  it.each(['ocsp.example', '127.0.0.1', '[::1]'])('does not connect to %s, and names no address', async (host) => {
    await expect(get(host, false)).rejects.toThrow(new OcspError('the responder has no public address'));
    await expect(get(host, false)).rejects.toBeInstanceOf(OcspError);
  });

  it.each(['ocsp.example', '127.0.0.1'])('connects to %s where it may', async (host) => {
    expect(await get(host, true)).toBe(answer.byteLength);
  });

  it('takes no more than 64 KiB', async () => {
    answer = Buffer.alloc(64 * 1024);
    expect(await get('127.0.0.1', true)).toBe(answer.byteLength);
    answer = Buffer.alloc(64 * 1024 + 1);
    await expect(get('127.0.0.1', true)).rejects.toMatchObject({ code: 'UND_ERR_RES_EXCEEDED_MAX_SIZE' });
  });
});
