import { text } from 'node:stream/consumers';
import { WebSocket } from 'ws';
import { CallError, CallTimeoutError, DisconnectedError, HandshakeRefusedError } from './errors.ts';
import type { Payload, Reply } from './message.ts';

export interface Endpoint {
  /** ws:// or wss://, without the identity. */
  url: string;
  cpId: string;
  subprotocol: string;
  /** The password of Basic auth. */
  secret?: string | Buffer;
  handshakeTimeoutMs: number;
  /** Behind the identity in the address. */
  pathSuffix: string;
  ca?: string;
}

/** What goes on the wire. */
export interface Wire {
  messageId(): string | number;
  frame(text: string): string;
}

export interface Closing {
  code: number;
  reason: string;
}

/** Answers a CALL of the CSMS; throws {@link CallError} to answer with a CALLERROR. */
export type Answerer = (action: string, payload: Payload) => Promise<Reply>;

/** A CALL with the text of its frame. */
export interface WrittenCall {
  id: string | number;
  action: string;
  text: string;
  timeoutMs: number;
}

interface Call extends WrittenCall {
  resolve(answer: Payload): void;
  reject(error: Error): void;
}

/** OCPP-J over one WebSocket, the charger's end: at most one CALL outstanding in each direction. */
export class Connection {
  readonly closed: Promise<Closing>;
  readonly #socket: WebSocket;
  readonly #answerer: Answerer;
  readonly #wire: Wire;
  readonly #queue: Call[] = [];
  #outstanding: Call | null = null;
  #timer: NodeJS.Timeout | undefined;

  private constructor(socket: WebSocket, wire: Wire, answerer: Answerer) {
    this.#socket = socket;
    this.#answerer = answerer;
    this.#wire = wire;
    socket.on('message', (data) => this.#receive(String(data)));
    // What went wrong shows in the close code; without a listener the process would end.
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => {
      socket.on('close', (code, reason) => {
        this.#abandon();
        resolve({ code, reason: reason.toString() });
      });
    });
  }

  /** @throws HandshakeRefusedError, or the socket's error */
  static open(endpoint: Endpoint, wire: Wire, answerer: Answerer): Promise<Connection> {
    const { url, cpId, subprotocol, secret, handshakeTimeoutMs, pathSuffix, ca } = endpoint;
    const headers: Record<string, string> = {};
    if (secret !== undefined) {
      // A 1.6 AuthorizationKey may be raw bytes: joined before base64, never decoded as text.
      const credentials = Buffer.concat([Buffer.from(`${cpId}:`), Buffer.from(secret)]);
      headers['authorization'] = `Basic ${credentials.toString('base64')}`;
    }
    const address = `${url.replace(/\/+$/, '')}/${encodeURIComponent(cpId)}${pathSuffix}`;
    const socket = new WebSocket(address, [subprotocol], {
      headers,
      handshakeTimeout: handshakeTimeoutMs,
      // OCPP-J 2.0.1 has the CSMS offer compression; 1.6 advises none.
      perMessageDeflate: subprotocol !== 'ocpp1.6',
      ...(ca === undefined ? {} : { ca }),
    });
    return new Promise((resolve, reject) => {
      // Listens for frames before the first can arrive.
      const connection = new Connection(socket, wire, answerer);
      socket.once('open', () => resolve(connection));
      socket.once('error', reject);
      socket.once('unexpected-response', (request, response) => {
        text(response).then(
          (body) => {
            reject(new HandshakeRefusedError(response.statusCode ?? 0, body));
            request.destroy();
          },
          (error: Error) => reject(error),
        );
      });
    });
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  /** @throws CallError, CallTimeoutError or DisconnectedError */
  call(action: string, payload: object, timeoutMs: number, id = this.#wire.messageId()): Promise<Payload> {
    return this.send({ id, action, text: JSON.stringify([2, id, action, payload]), timeoutMs });
  }

  /** Sends a CALL as it is written. @throws CallError, CallTimeoutError or DisconnectedError */
  send(call: WrittenCall): Promise<Payload> {
    if (!this.isOpen) return Promise.reject(new DisconnectedError('not connected'));
    return new Promise((resolve, reject) => {
      this.#queue.push({ ...call, resolve, reject });
      this.#sendNext();
    });
  }

  close(code = 1000, reason = ''): void {
    this.#socket.close(code, reason);
  }

  /** Drops the link without a closing handshake, as a power cut does. */
  terminate(): void {
    this.#socket.terminate();
  }

  #sendNext(): void {
    if (this.#outstanding) return;
    const call = this.#queue.shift();
    if (!call) return;
    this.#outstanding = call;
    this.#timer = setTimeout(() => {
      this.#settle((late) => late.reject(new CallTimeoutError(`no answer to ${call.action} in ${call.timeoutMs} ms`)));
    }, call.timeoutMs);
    this.#send(call.text);
  }

  #settle(end: (call: Call) => void): void {
    clearTimeout(this.#timer);
    const call = this.#outstanding;
    this.#outstanding = null;
    if (call) end(call);
    this.#sendNext();
  }

  #abandon(): void {
    clearTimeout(this.#timer);
    const calls = [...(this.#outstanding ? [this.#outstanding] : []), ...this.#queue.splice(0)];
    this.#outstanding = null;
    for (const call of calls)
      call.reject(new DisconnectedError(`the connection ended before ${call.action} was answered`));
  }

  #send(text: string): void {
    if (this.isOpen) this.#socket.send(this.#wire.frame(text));
  }

  #receive(data: string): void {
    let frame: unknown;
    try {
      frame = JSON.parse(data);
    } catch {
      return;
    }
    if (!Array.isArray(frame)) return;
    const [type, id, third, fourth, fifth] = frame as unknown[];
    if (type === 2 && typeof id === 'string') {
      void this.#answer(id, String(third), (fourth ?? {}) as Payload);
    } else if (id === this.#outstanding?.id) {
      // Anything for another id is a late answer: dropped (OCPP-J 4.1.1).
      if (type === 3) this.#settle((call) => call.resolve((third ?? {}) as Payload));
      if (type === 4)
        this.#settle((call) =>
          call.reject(new CallError(String(third), String(fourth ?? ''), (fifth ?? {}) as Payload)),
        );
    }
  }

  async #answer(id: string, action: string, payload: Payload): Promise<void> {
    let reply: Reply;
    try {
      reply = await this.#answerer(action, payload);
    } catch (error) {
      const { code, message, details } =
        error instanceof CallError ? error : { code: 'InternalError', message: String(error), details: {} };
      this.#send(JSON.stringify([4, id, code, message.slice(0, 255), details]));
      return;
    }
    this.#send(JSON.stringify([3, id, reply.payload]));
    await reply.after?.();
  }
}
