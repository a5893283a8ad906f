import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type WebSocket, WebSocketServer } from 'ws';
import { CallErrorReceived, FakeCharger, HandshakeRefused } from './index.ts';

describe('FakeCharger', () => {
  let server: Server;
  let url: string;
  let peer: WebSocket;
  let handshake: { url?: string; authorization?: string };

  beforeEach(async () => {
    const sockets = new WebSocketServer({ noServer: true });
    server = createServer();
    server.on('upgrade', (request, socket, head) => {
      handshake = { url: request.url, authorization: request.headers.authorization };
      if (request.url === '/unknown') {
        socket.end('HTTP/1.1 404 Not Found\r\ncontent-length: 7\r\n\r\nunknown');
        return;
      }
      sockets.handleUpgrade(request, socket, head, (accepted) => (peer = accepted));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  afterEach(() => {
    peer?.terminate();
    server.close();
  });

  it('connects with identity, subprotocol and password', async () => {
    const sut = await FakeCharger.connect({ url, cpId: 'RDAM 123', protocols: ['ocpp2.0.1'], password: 'secret' });
    expect(sut.protocol).toBe('ocpp2.0.1');
    expect(handshake.url).toBe('/RDAM%20123');
    expect(Buffer.from(handshake.authorization?.slice(6) ?? '', 'base64').toString()).toBe('RDAM 123:secret');
  });

  it('reports a refused handshake with status and body', async () => {
    const refused = FakeCharger.connect({ url, cpId: '', path: '/unknown' });
    await expect(refused).rejects.toThrow(HandshakeRefused);
    await expect(refused).rejects.toMatchObject({ status: 404, body: 'unknown' });
  });

  it('reports a server that is not there', async () => {
    await expect(FakeCharger.connect({ url: 'ws://127.0.0.1:1', cpId: 'CP1' })).rejects.toThrow();
  });

  it('gives the answer to a call, and a CALLERROR as an error', async () => {
    const sut = await FakeCharger.connect({ url, cpId: 'CP1' });
    peer.on('message', (data) => {
      const [, id, action] = JSON.parse(String(data)) as unknown[];
      peer.send(
        JSON.stringify(action === 'Heartbeat' ? [3, id, { currentTime: 'now' }] : [4, id, 'NotImplemented', 'no', {}]),
      );
    });
    expect(await sut.call('Heartbeat')).toEqual({ currentTime: 'now' });
    const failed = sut.call('Other');
    await expect(failed).rejects.toThrow(CallErrorReceived);
    await expect(failed).rejects.toMatchObject({ code: 'NotImplemented', description: 'no', details: {} });
  });

  it('says which call was not answered', async () => {
    const sut = await FakeCharger.connect({ url, cpId: 'CP1' });
    await expect(sut.call('Heartbeat', {}, 20)).rejects.toThrow('no answer to Heartbeat in 20 ms');
  });

  it('shows frames as they come, broken ones as text', async () => {
    const sut = await FakeCharger.connect({ url, cpId: 'CP1' });
    peer.send('[3,"x",{}]');
    peer.send('{');
    peer.send('{}');
    expect(await sut.next()).toEqual([3, 'x', {}]);
    expect(await sut.next()).toBe('{');
    expect(await sut.next()).toBe('{}');
    await expect(sut.next(20)).rejects.toThrow('no frame came');
    const late = sut.next();
    peer.send('[2,"y","Reset",{}]');
    expect(await late).toEqual([2, 'y', 'Reset', {}]);
    expect(sut.received).toHaveLength(4);
    expect(sut.unread).toEqual([]);
    expect(sut.extensions).toBe('');
  });

  it('answers what the test wants it to answer, by a payload or a whole frame', async () => {
    const sut = await FakeCharger.connect({ url, cpId: 'CP1' });
    sut.answer('Reset', ({ type }) => ({ status: type === 'Hard' ? 'Rejected' : 'Accepted' }));
    sut.answer('ClearCache', (_, id) => [4, id, 'InternalError', '', {}]);
    const replies: unknown[] = [];
    peer.on('message', (data) => replies.push(JSON.parse(String(data))));
    peer.send('[2,"a","Reset",{"type":"Hard"}]');
    peer.send('[2,"b","ClearCache",{}]');
    while (replies.length < 2) await once(peer, 'message');
    expect(replies).toEqual([
      [3, 'a', { status: 'Rejected' }],
      [4, 'b', 'InternalError', '', {}],
    ]);
  });

  it('sends text and binary literally, and tells how the connection ended', async () => {
    const sut = await FakeCharger.connect({ url, cpId: 'CP1' });
    const got: [string, boolean][] = [];
    peer.on('message', (data, isBinary) => got.push([String(data), isBinary]));
    sut.sendRaw('nonsense');
    sut.sendRaw(Buffer.from('bytes'));
    sut.sendRaw(Buffer.from('text in bytes'), false);
    while (got.length < 3) await once(peer, 'message');
    expect(got).toEqual([
      ['nonsense', false],
      ['bytes', true],
      ['text in bytes', false],
    ]);
    peer.close(1001, 'draining');
    expect(await sut.closed).toEqual({ code: 1001, reason: 'draining' });
  });

  it('closes, and ends without a word', async () => {
    const polite = await FakeCharger.connect({ url, cpId: 'CP1' });
    expect(await polite.close(1000, 'bye')).toEqual({ code: 1000, reason: 'bye' });
    const rude = await FakeCharger.connect({ url, cpId: 'CP1' });
    rude.terminate();
    expect((await rude.closed).code).toBe(1006);
  });
});
