import { eventually } from '@ocpp-gw/testing';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { EventEmitter } from 'node:events';
import type { WebSocket } from 'ws';
import { PROTOCOLS } from './protocols.ts';
import { TestEdge } from './session/testdata/edge.ts';

const FLEET = 10_000;

/** The socket of a charge point that is not there: the test sends its frames. */
class Socket extends EventEmitter {
  readonly OPEN = 1;
  readyState = 1;
  bufferedAmount = 0;
  answers = 0;
  send(): void {
    this.answers += 1;
  }
  frame(...parts: unknown[]): void {
    this.emit('message', Buffer.from(JSON.stringify([2, ...parts])), false);
  }
  resume(): void {}
  close(code: number): void {
    this.emit('close', code, Buffer.alloc(0));
  }
  terminate(): void {}
}

let edge: TestEdge;
beforeEach(() => {
  edge = new TestEdge({});
});
afterEach(() => edge.stop());

/** Charge points of names, actions and close codes of their own connect, boot, send what nobody knows, and leave. */
async function comeAndGo(from: number, to: number): Promise<void> {
  const sockets: Socket[] = [];
  for (let number = from; number < to; number += 1) {
    const socket = new Socket();
    const protocol = PROTOCOLS.spoken[number % 2]!;
    const admission = { station: { cpId: `CP${number}`, record: null }, protocol, echo: null, deviations: [] };
    edge.sessions.open(socket as unknown as WebSocket, admission, `10.0.${number >> 8}.${number & 255}`);
    socket.frame('1', 'BootNotification', {
      ...{ chargePointVendor: `V${number}`, chargePointModel: 'M', reason: 'PowerUp' },
      chargingStation: { vendorName: `V${number}`, model: 'M' },
    });
    socket.frame('2', `Invented${number}`, { number });
    socket.frame('3', 'Heartbeat', {});
    sockets.push(socket);
  }
  await eventually(() => sockets.every(({ answers }) => answers === 3));
  sockets.forEach((socket, number) => socket.close(3000 + (number % 2000)));
}

const seriesOf = async (): Promise<string[]> =>
  (await edge.registry.metrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));

it('has as many series for 10,000 charge points as for ten', async () => {
  await comeAndGo(0, 10);
  const few = await seriesOf();
  for (let from = 10; from < FLEET; from += 1_110) await comeAndGo(from, from + 1_110);
  const many = await seriesOf();
  expect(many.length).toBe(few.length);
  expect(many.filter((line) => /CP\d|Invented|V\d/.test(line))).toEqual([]);
  const boots = many
    .filter((line) => line.startsWith('eveys_ocpp_ws_boots_total'))
    .map((line) => Number(line.split(' ').at(-1)));
  expect(boots.reduce((sum, count) => sum + count, 0)).toBe(FLEET);
}, 60_000);
