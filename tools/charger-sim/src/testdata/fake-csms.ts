import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Protocol } from '@ocpp-gw/ocpp-j';
import { ocpp16 } from '@ocpp-gw/ocpp-v16';
import { ocpp201 } from '@ocpp-gw/ocpp-v201';
import { type WebSocket, WebSocketServer } from 'ws';
import { CallError } from '../errors.ts';
import type { Payload } from '../message.ts';

interface Received {
  id: unknown;
  cpId: string;
  action: string;
  payload: Payload;
}

type Answer = (payload: Payload, cpId: string) => object | Promise<object>;

const accepted = { status: 'Accepted' };
const DEFAULTS: Record<string, Answer> = {
  BootNotification: () => ({ status: 'Accepted', currentTime: new Date().toISOString(), interval: 300 }),
  Heartbeat: () => ({ currentTime: new Date().toISOString() }),
  Authorize: () => ({ idTagInfo: accepted, idTokenInfo: accepted }),
  StartTransaction: () => ({ transactionId: 7, idTagInfo: accepted }),
  SignCertificate: () => accepted,
};

/** A CSMS for the simulator's own tests: holds every request and answer of the charger against the schemas, strictly. */
export class FakeCsms {
  readonly received: Received[] = [];
  /** Schema violations of the charger; a test ends with none. */
  readonly violations: string[] = [];
  /** Headers and path of each handshake. */
  readonly handshakes: { path: string; authorization?: string; protocol?: string }[] = [];
  /** Answers the next handshakes with this status. */
  refusal: number | null = null;
  readonly #server: Server;
  readonly #protocol: Protocol;
  readonly #answers = new Map(Object.entries(DEFAULTS));
  readonly #sockets = new Map<string, WebSocket>();
  readonly #pending = new Map<string, { action: string; resolve(answer: unknown): void; reject(error: Error): void }>();

  private constructor(server: Server, protocol: Protocol) {
    this.#server = server;
    this.#protocol = protocol;
    const upgrades = new WebSocketServer({ noServer: true });
    server.on('upgrade', (request, socket, head) => {
      const { url: path = '', headers } = request;
      this.handshakes.push({ path, authorization: headers.authorization, protocol: headers['sec-websocket-protocol'] });
      if (this.refusal !== null) {
        socket.end(`HTTP/1.1 ${this.refusal} Refused\r\nconnection: close\r\n\r\nnot today`);
        return;
      }
      upgrades.handleUpgrade(request, socket, head, (accepted) =>
        this.#accept(decodeURIComponent(path.slice(1)), accepted),
      );
    });
  }

  static async start(version: '1.6' | '2.0.1'): Promise<FakeCsms> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new FakeCsms(server, version === '1.6' ? ocpp16 : ocpp201);
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Throw {@link CallError} in `answer` for a CALLERROR. */
  answer(action: string, answer: Answer): void {
    this.#answers.set(action, answer);
  }

  actions(): string[] {
    return this.received.map(({ action }) => action);
  }

  payloads<Shape = Payload>(action: string): Shape[] {
    return this.received.filter((each) => each.action === action).map(({ payload }) => payload as Shape);
  }

  /** A CALL to a charger, the only one when none is named. */
  call<Shape = Payload>(action: string, payload: object = {}, cpId?: string): Promise<Shape> {
    const socket = cpId === undefined ? [...this.#sockets.values()][0] : this.#sockets.get(cpId);
    if (!socket) throw new Error('no charger is connected');
    const id = randomUUID();
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { action, resolve: resolve as (answer: unknown) => void, reject });
      socket.send(JSON.stringify([2, id, action, payload]));
    });
  }

  /** Resolves once `count` CALLs of the action have come. */
  async until(action: string, count = 1): Promise<void> {
    const startTimeout = Date.now() + 5000;
    while (this.payloads(action).length < count) {
      if (Date.now() > startTimeout)
        throw new Error(`${action} came ${this.payloads(action).length} times, not ${count}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** Sends text as it is. */
  sendRaw(text: string): void {
    for (const socket of this.#sockets.values()) socket.send(text);
  }

  drop(): void {
    for (const socket of this.#sockets.values()) socket.terminate();
  }

  stop(): void {
    this.drop();
    this.#server.close();
  }

  #accept(cpId: string, socket: WebSocket): void {
    this.#sockets.set(cpId, socket);
    socket.on('close', () => {
      if (this.#sockets.get(cpId) === socket) this.#sockets.delete(cpId);
    });
    socket.on('message', (data) => void this.#receive(cpId, socket, JSON.parse(String(data)) as unknown[]));
  }

  async #receive(cpId: string, socket: WebSocket, [type, id, third, fourth]: unknown[]): Promise<void> {
    const pending = this.#pending.get(String(id));
    if (type === 2) {
      await this.#answer(cpId, socket, id, String(third), fourth as Payload);
    } else if (pending) {
      this.#pending.delete(String(id));
      if (type === 4) return pending.reject(new CallError(String(third), String(fourth)));
      this.#check(`answer to ${pending.action}`, this.#protocol.validateResponse(pending.action, third, 'strict'));
      pending.resolve(third);
    }
  }

  async #answer(cpId: string, socket: WebSocket, id: unknown, action: string, payload: Payload): Promise<void> {
    this.received.push({ id, cpId, action, payload });
    this.#check(action, this.#protocol.validateRequest(action, payload, 'strict'));
    try {
      const reply = await Promise.resolve(this.#answers.get(action)?.(payload, cpId) ?? {});
      socket.send(JSON.stringify([3, id, reply]));
    } catch (error) {
      const code = error instanceof CallError ? error.code : 'InternalError';
      socket.send(JSON.stringify([4, id, code, String(error), {}]));
    }
  }

  #check(what: string, validation: ReturnType<Protocol['validateRequest']>): void {
    if (!validation.ok) this.violations.push(`${what}: ${validation.description} ${JSON.stringify(validation.faults)}`);
    else if (validation.deviations.length > 0) this.violations.push(`${what}: ${validation.deviations.join()}`);
  }
}
