import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';

export type Call = [number, string, string, Record<string, unknown>];

/** Answers what a test says; keeps what came. */
export class Csms {
  readonly calls: Call[] = [];
  readonly answers: string[] = [];
  readonly sources: string[] = [];
  /** By connection, oldest first. */
  readonly sockets: WebSocket[] = [];
  /** An error code, an answer, or undefined for none. */
  answer: (call: Call) => object | string | undefined = accept;
  /** Refuses so many handshakes first. */
  refusals = 0;
  readonly #server = createServer();
  readonly #sockets = new WebSocketServer({ noServer: true });

  static async start(): Promise<Csms> {
    const csms = new Csms();
    csms.#server.listen(0, '127.0.0.1');
    await once(csms.#server, 'listening');
    csms.#server.on('upgrade', (request: IncomingMessage, socket, head) => {
      if (csms.refusals-- > 0) return void socket.end('HTTP/1.1 503 Service Unavailable\r\nRetry-After: 0\r\n\r\n');
      csms.sources.push(String(request.socket.remoteAddress));
      csms.#sockets.handleUpgrade(request, socket, head, (opened) => csms.#serve(opened));
    });
    csms.#server.on('request', (_: IncomingMessage, response: ServerResponse) => response.end());
    return csms;
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Actions that came, oldest first. */
  get actions(): string[] {
    return this.calls.map(([, , action]) => action);
  }

  stop(): void {
    for (const socket of this.sockets) socket.terminate();
    this.#server.close();
  }

  #serve(socket: WebSocket): void {
    this.sockets.push(socket);
    socket.on('message', (data: Buffer) => {
      const call = JSON.parse(data.toString()) as Call;
      if (call[0] !== 2) return void this.answers.push(data.toString());
      this.calls.push(call);
      const answer = this.answer(call);
      if (typeof answer === 'string') socket.send(JSON.stringify([4, call[1], answer, 'no', {}]));
      else if (answer) socket.send(JSON.stringify([3, call[1], answer]));
    });
  }
}

let transactions = 40;

/** What a gateway answers when nothing is wrong. */
export function accept([, , action]: Call): object {
  if (action === 'BootNotification') return { status: 'Accepted', currentTime: '2026-12-01T10:00:00Z', interval: 300 };
  if (action === 'StartTransaction') return { transactionId: (transactions += 1), idTagInfo: { status: 'Accepted' } };
  return action === 'TransactionEvent' ? { idTokenInfo: { status: 'Accepted' } } : {};
}
