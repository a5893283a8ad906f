import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';

export interface HeardCall {
  id: string;
  action: string;
  payload: Record<string, unknown>;
}

/** Answers a CALL with a payload, with `error`, not at all, or by ending the connection. */
export type Reply = Record<string, unknown> | 'error' | 'silence' | 'hang up';

/** A CSMS that gives the answers of the test, and remembers what it received. */
export class FakeCsms {
  readonly heard: HeardCall[] = [];
  readonly #server: WebSocketServer;
  readonly #asked = new Map<string, (frame: unknown[]) => void>();

  private constructor(server: WebSocketServer, reply: (call: HeardCall, heard: readonly HeardCall[]) => Reply) {
    this.#server = server;
    server.on('connection', (socket) =>
      socket.on('message', (data) => {
        const frame = JSON.parse(String(data)) as [number, string, string, Record<string, unknown>];
        const [type, id, action, payload] = frame;
        if (type !== 2) return void this.#asked.get(id)?.(frame);
        const call = { id, action, payload };
        this.heard.push(call);
        answer(socket, id, reply(call, this.heard));
      }),
    );
  }

  static async start(reply: (call: HeardCall, heard: readonly HeardCall[]) => Reply): Promise<FakeCsms> {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await once(server, 'listening');
    return new FakeCsms(server, reply);
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  of(action: string): HeardCall[] {
    return this.heard.filter((call) => call.action === action);
  }

  /** Resolves to the frame that answers. */
  call(id: string, action: string, payload: object): Promise<unknown[]> {
    return new Promise((resolve) => {
      this.#asked.set(id, resolve);
      for (const client of this.#server.clients) client.send(JSON.stringify([2, id, action, payload]));
    });
  }

  async stop(): Promise<void> {
    for (const client of this.#server.clients) client.terminate();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

function answer(socket: WebSocket, id: string, reply: Reply): void {
  if (reply === 'hang up') socket.terminate();
  else if (reply === 'error') socket.send(JSON.stringify([4, id, 'InternalError', '', {}]));
  else if (reply !== 'silence') socket.send(JSON.stringify([3, id, reply]));
}
