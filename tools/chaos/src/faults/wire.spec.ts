import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pickFreePort } from '@ocpp-gw/data-plane';
import { Wire } from './wire.ts';

describe('Wire', () => {
  let server: Server;
  let wire: Wire;

  beforeEach(async () => {
    server = createServer((_, response) => response.end('here')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    wire = new Wire(await pickFreePort(), (server.address() as AddressInfo).port);
    await wire.mend();
  });

  afterEach(async () => {
    await wire.cut();
    server.closeAllConnections();
    server.close();
  });

  const ask = async (): Promise<string> => (await fetch(`http://127.0.0.1:${wire.port}`)).text();

  it('carries what is sent', async () => {
    expect(await ask()).toBe('here');
  });

  it('refuses while it is cut, and is mended on the same port', async () => {
    await wire.cut();
    await expect(ask()).rejects.toThrow('fetch failed');
    await wire.mend();
    expect(await ask()).toBe('here');
  });

  it('breaks off what is open', async () => {
    server.removeAllListeners('request');
    const begun = once(server, 'request');
    const answer = ask();
    await begun;
    await Promise.all([wire.cut(), expect(answer).rejects.toThrow()]);
  });
});
