import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WebSocketServer, type WebSocket } from 'ws';
import { drive } from './drive.ts';
import { FrameTemplate, textFrame } from './frame-template.ts';
import { RawCharger } from './raw-charger.ts';
import { OPENING, WORKLOADS } from './workloads.ts';

let server: WebSocketServer;
let url: string;
let answer: (id: string, action: string) => unknown;
/** As the server parsed them. */
let received: [number, string, string, Record<string, unknown>][];
let sockets: WebSocket[];

beforeEach(async () => {
  answer = (id) => [3, id, {}];
  received = [];
  sockets = [];
  server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  server.on('connection', (socket) => {
    sockets.push(socket);
    socket.on('message', (data: Buffer) => {
      const frame = JSON.parse(data.toString()) as (typeof received)[number];
      received.push(frame);
      if (frame[0] === 2) socket.send(JSON.stringify(answer(frame[1], frame[2])));
    });
  });
  await once(server, 'listening');
  url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => {
  for (const socket of sockets) socket.terminate();
  server.close();
});

describe('RawCharger', () => {
  it('sends frames that a WebSocket server takes, each with an id of its own', async () => {
    const charger = await RawCharger.connect(url, 'CP');
    for (const template of [...OPENING, ...WORKLOADS.session]) expect(await charger.call(template)).toBe(true);
    expect(new Set(received.map(([, id]) => id)).size).toBe(received.length);
    expect(received.map(([, , action]) => action)).toContain('StopTransaction');
    charger.close();
  });

  it('uses the transaction id that it was answered', async () => {
    answer = (id, action) => [3, id, action === 'StartTransaction' ? { transactionId: 4711 } : {}];
    const charger = await RawCharger.connect(url, 'CP');
    for (const template of [...OPENING, ...WORKLOADS.MeterValues]) await charger.call(template);
    expect(received.at(-1)?.[3]).toMatchObject({ connectorId: 2, transactionId: 4711 });
    charger.close();
  });

  it('answers commands and pings between its own calls', async () => {
    const charger = await RawCharger.connect(url, 'CP');
    const [socket] = sockets;
    socket?.send('[2,"c1","ClearCache",{}]');
    socket?.ping('p');
    await once(socket as WebSocket, 'pong');
    expect(received).toEqual([[3, 'c1', { status: 'Accepted' }]]);
    charger.close();
  });

  it('tells when the server closes', async () => {
    const charger = await RawCharger.connect(url, 'CP');
    answer = () => sockets[0]?.close();
    await expect(charger.call(new FrameTemplate('[2,"<id>","Heartbeat",{}]'))).rejects.toThrow('closed');
  });

  it('says how it was refused', async () => {
    server.options.verifyClient = () => false;
    await expect(RawCharger.connect(url, 'CP')).rejects.toThrow('CP was refused: HTTP/1.1 401');
  });
});

describe('drive', () => {
  it('does whole sessions in a closed loop, in the mix of the peers', async () => {
    const chargers = await Promise.all([RawCharger.connect(url, 'CP1'), RawCharger.connect(url, 'CP2')]);
    const { messages, refused } = await drive(chargers, { workload: 'session', seconds: 0.05 });
    expect(messages % WORKLOADS.session.length).toBe(0);
    expect(refused).toBe(0);
    expect(received.filter(([, , action]) => action === 'MeterValues').length / messages).toBeCloseTo(0.53, 2);
    chargers.forEach((charger) => charger.close());
  });

  it('keeps its pace in an open loop, and counts what was refused', async () => {
    answer = (id, action) => (action === 'Heartbeat' ? [4, id, 'InternalError', '', {}] : [3, id, {}]);
    const charger = await RawCharger.connect(url, 'CP');
    const result = await drive([charger], { workload: 'Heartbeat', seconds: 0.1, perSecond: 100 });
    expect(result).toMatchObject({ messages: 10, refused: 10 });
    expect(result.seconds).toBeGreaterThan(0.085);
    charger.close();
  });
});

describe('textFrame', () => {
  it('refuses what would need a longer header', () => {
    expect(() => textFrame('x'.repeat(70_000))).toThrow(RangeError);
  });
});
