import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Random } from '../random.ts';
import { nameOfEnd } from './facts.ts';
import { CommandTrickle } from './trickle.ts';

describe(CommandTrickle.name, () => {
  let server: Server;
  let reply: RequestListener;

  beforeEach(async () => {
    server = createServer((request, response) => reply(request, response)).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  /** How the first commands ended. */
  async function ends(listener: RequestListener): Promise<{ name: string; explicit: boolean | undefined }[]> {
    reply = listener;
    const { port } = server.address() as AddressInfo;
    const sut = new CommandTrickle({
      rest: `http://127.0.0.1:${port}/api/v1`,
      token: 'token',
      cpIds: ['CP1'],
      random: new Random(1),
    });
    sut.start();
    while (sut.sent.length < 2) await delay(10);
    await sut.stop();
    return sut.sent.map(({ end }) => ({
      name: nameOfEnd(end),
      explicit: end.kind === 'answer' ? end.explicit : undefined,
    }));
  }

  it('sends each with a marker of its own, to the charger and with the token', async () => {
    const bodies: string[] = [];
    const found = await ends((request, response) => {
      expect(request.url).toBe('/api/v1/charge-points/CP1/commands/data-transfer');
      expect(request.headers.authorization).toBe('Bearer token');
      void request.toArray().then((chunks) => {
        bodies.push((JSON.parse(Buffer.concat(chunks).toString()) as { data: string }).data);
        response.end('{}');
      });
    });
    expect(new Set(bodies).size).toBe(found.length);
    expect(found[0]).toEqual({ name: '200', explicit: true });
  });

  it('knows a problem by its type', async () => {
    const found = await ends((_, response) => {
      response.writeHead(409, { 'content-type': 'application/problem+json; charset=utf-8' });
      response.end('{"type":"urn:ocpp-gw:problem:charge-point-offline"}');
    });
    expect(found[0]).toEqual({ name: '409 charge-point-offline', explicit: true });
  });

  it('takes no other error for an explanation', async () => {
    const [first] = await ends((_, response) => {
      response.writeHead(502, { 'content-type': 'application/json' });
      response.end('{}');
    });
    expect(first?.explicit).toBe(false);
  });

  it('notices when the connection breaks', async () => {
    expect((await ends((request) => request.destroy()))[0]?.name).toBe('connection broken');
  });

  it('waits for no answer for ever', async () => {
    expect((await ends(() => undefined))[0]?.name).toBe('no answer');
  });
});
