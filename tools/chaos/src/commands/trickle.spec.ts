import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '@ocpp-gw/testing';
import { Random } from '../random.ts';
import { nameOfEnd, type SentCommand } from './facts.ts';
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

  /** The first commands. */
  async function sent(listener: RequestListener, keyed = 0): Promise<SentCommand[]> {
    reply = listener;
    const { port } = server.address() as AddressInfo;
    const sut = new CommandTrickle({
      urls: [`http://127.0.0.1:${port}/api/v1`],
      token: 'token',
      cpIds: ['CP1'],
      random: new Random(1),
      keyed,
      paceMs: 20,
      backoffMs: 10,
    });
    sut.start();
    await eventually(() => sut.sent.length > (keyed === 0 ? 1 : 0));
    await delay(50);
    await sut.stop();
    return sut.sent;
  }

  /** How they ended. */
  async function ends(listener: RequestListener): Promise<{ name: string; explicit: boolean | undefined }[]> {
    const commands = await sent(listener);
    return commands.map(({ asks }) => {
      const end = asks[0]?.end;
      if (!end || asks.length > 1) throw new Error('not asked once');
      return { name: nameOfEnd(end), explicit: end.kind === 'answer' ? end.explicit : undefined };
    });
  }

  it('sends each with a marker of its own, to the charger and with the token', async () => {
    const bodies: string[] = [];
    const found = await ends((request, response) => {
      expect(request.url).toBe('/api/v1/charge-points/CP1/commands/data-transfer');
      expect(request.headers.authorization).toBe('Bearer token');
      expect(request.headers).not.toHaveProperty('idempotency-key');
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

  it('asks again for what has a key, with the same key and body, until it is answered and afterwards', async () => {
    const keys: string[] = [];
    const commands = await sent((request, response) => {
      keys.push(String(request.headers['idempotency-key']));
      void request.toArray().then((chunks) => {
        const { data } = JSON.parse(Buffer.concat(chunks).toString()) as { data: string };
        expect(request.headers['idempotency-key']).toBe(data);
        // The first time it breaks, the second time nobody knows.
        const tries = keys.filter((key) => key === data).length;
        if (tries === 1) request.socket.destroy();
        else response.writeHead(tries === 2 ? 503 : 200, { 'content-type': 'application/problem+json' });
        if (tries > 1)
          response.end(
            tries === 2 ? '{"type":"urn:ocpp-gw:problem:dependency-unavailable"}' : `{"command_id":"${data}"}`,
          );
      });
    }, 1);
    expect(commands.length).toBeGreaterThan(0);
    for (const { marker, asks } of commands) {
      const names = asks.map(({ end }) => nameOfEnd(end));
      expect(names).toEqual(expect.arrayContaining(['connection broken', '503 dependency-unavailable']));
      expect(names.filter((name) => name === '200').length).toBeGreaterThan(5);
      expect(asks.flatMap(({ end }) => (end.kind === 'answer' ? (end.commandId ?? []) : []))).toContain(marker);
    }
  });

  it('believes a problem that it hears three times', async () => {
    const commands = await sent((_, response) => {
      response.writeHead(504, { 'content-type': 'application/problem+json' });
      response.end('{"type":"urn:ocpp-gw:problem:answer-timeout","command_id":"c1"}');
    }, 1);
    expect(commands.length).toBeGreaterThan(0);
    for (const { asks } of commands) expect(asks.length).toBeGreaterThanOrEqual(3);
  });
});
