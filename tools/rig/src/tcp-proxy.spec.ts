import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TcpProxy } from './tcp-proxy.ts';

describe('TcpProxy', () => {
  let server: Server;
  let proxy: TcpProxy;

  beforeEach(async () => {
    server = createServer((_, response) => response.end('here')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    proxy = await TcpProxy.to((server.address() as AddressInfo).port);
  });

  afterEach(async () => {
    await proxy.stop();
    server.closeAllConnections();
    server.close();
  });

  const ask = async (): Promise<string> => (await fetch(`http://127.0.0.1:${proxy.port}`)).text();

  it('carries what is sent', async () => {
    expect(await ask()).toBe('here');
  });

  it('refuses while it is stopped, and listens again on the same port', async () => {
    await proxy.stop();
    await expect(ask()).rejects.toThrow('fetch failed');
    await proxy.listen();
    expect(await ask()).toBe('here');
  });

  it('breaks off what is open when it stops', async () => {
    server.removeAllListeners('request');
    const begun = once(server, 'request');
    const answer = ask();
    await begun;
    await Promise.all([proxy.stop(), expect(answer).rejects.toThrow()]);
  });

  it('holds the answer back to what it is asked to leave unanswered, and to nothing else', async () => {
    proxy.leaveUnanswered(/GET \/secret/);
    const silence = fetch(`http://127.0.0.1:${proxy.port}/secret`, { signal: AbortSignal.timeout(200) });
    await expect(silence).rejects.toThrow('timeout');
    expect(await ask()).toBe('here');
  });
});
