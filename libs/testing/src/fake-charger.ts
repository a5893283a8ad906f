import { randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { type ClientOptions, WebSocket } from 'ws';

/** A frame as parsed; text that is no JSON stays text. */
export type Frame = unknown[] | string;

/** What a CALL of the CSMS is answered: the payload of a CALLRESULT, or a whole frame. Never answering is legal too. */
export type Answer = (payload: Record<string, unknown>, messageId: string) => object | Promise<object>;

export interface Closing {
  code: number;
  reason: string;
}

export interface ConnectOptions {
  /** ws:// or wss://, without the identity. */
  url: string;
  /** Percent-encoded into the path; `path` replaces it. */
  cpId: string;
  /** Literal path, for handshakes that no well-behaved charger makes. */
  path?: string;
  /** Subprotocols offered, in order; `ocpp1.6` when absent. */
  protocols?: string[];
  headers?: Record<string, string>;
  /** Basic auth with the identity as user. */
  password?: string | Buffer;
  /** More for the WebSocket client: TLS, autoPong, compression. */
  client?: ClientOptions;
}

/** Thrown when the upgrade is answered with an HTTP status. */
export class HandshakeRefused extends Error {
  override readonly name = 'HandshakeRefused';
  readonly status: number;
  readonly body: string;

  constructor(status: number, body: string) {
    super(`handshake refused with HTTP ${status}: ${body}`);
    this.status = status;
    this.body = body;
  }
}

/** Thrown by {@link FakeCharger.call} when the CSMS answers with a CALLERROR. */
export class CallErrorReceived extends Error {
  override readonly name = 'CallErrorReceived';
  readonly code: string;
  readonly description: string;
  readonly details: unknown;

  constructor(code: string, description: string, details: unknown) {
    super(`${code}: ${description}`);
    this.code = code;
    this.description = description;
    this.details = details;
  }
}

const LONGEST_WAIT_MS = 30_000;

/** A raw charger for tests: sends exactly what a test passes in, and shows exactly what it receives. */
export class FakeCharger {
  /** Everything that came, oldest first. */
  readonly received: Frame[] = [];
  /** Of these, what {@link next} has yet to give. */
  readonly unread: Frame[] = [];
  readonly closed: Promise<Closing>;
  readonly #socket: WebSocket;
  readonly #answers = new Map<string, Answer>();
  readonly #calls = new Map<string, (frame: unknown[]) => void>();
  readonly #readers: ((frame: Frame) => void)[] = [];

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => this.#receive(String(data)));
    // The close event follows and tells what matters.
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => {
      socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
    });
  }

  /** @throws HandshakeRefused, or the socket's error */
  static connect(options: ConnectOptions): Promise<FakeCharger> {
    const { url, cpId, path, protocols = ['ocpp1.6'], headers = {}, password, client } = options;
    const target = url.replace(/\/+$/, '') + (path ?? `/${encodeURIComponent(cpId)}`);
    const credentials = password === undefined ? null : Buffer.concat([Buffer.from(`${cpId}:`), Buffer.from(password)]);
    const socket = new WebSocket(target, protocols, {
      perMessageDeflate: false,
      handshakeTimeout: LONGEST_WAIT_MS,
      ...client,
      headers: {
        ...(credentials ? { authorization: `Basic ${credentials.toString('base64')}` } : {}),
        ...headers,
      },
    });
    return new Promise((resolve, reject) => {
      // Listens for frames before the first can arrive.
      const charger = new FakeCharger(socket);
      socket.once('open', () => resolve(charger));
      socket.once('error', reject);
      socket.once('unexpected-response', (request, response) => {
        text(response)
          .then((body) => reject(new HandshakeRefused(response.statusCode ?? 0, body)), reject)
          .finally(() => request.destroy());
      });
    });
  }

  /** The subprotocol the CSMS chose; empty when none. */
  get protocol(): string {
    return this.#socket.protocol;
  }

  /** The WebSocket extensions agreed on; empty when none. */
  get extensions(): string {
    return this.#socket.extensions;
  }

  /** Sends a string as text and bytes as a binary frame, unless `binary` says otherwise: text need not be UTF-8. */
  sendRaw(data: string | Buffer, binary = typeof data !== 'string'): void {
    this.#socket.send(data, { binary });
  }

  send(frame: unknown): void {
    this.sendRaw(JSON.stringify(frame));
  }

  /** A CALL and its answer. @throws CallErrorReceived */
  async call(action: string, payload: object = {}, timeoutMs = LONGEST_WAIT_MS): Promise<Record<string, unknown>> {
    const id = randomUUID();
    const answer = new Promise<unknown[]>((resolve) => this.#calls.set(id, resolve));
    this.send([2, id, action, payload]);
    const [type, , third, fourth, fifth] = await within(timeoutMs, answer, `no answer to ${action}`);
    if (type === 4) throw new CallErrorReceived(String(third), String(fourth), fifth);
    return third as Record<string, unknown>;
  }

  /** Answers the CSMS's CALLs of `action` by `answer`, and those of every other action by that of `*`; without it they come out of {@link next}. */
  answer(action: string, answer: Answer): void {
    this.#answers.set(action, answer);
  }

  /** The next frame that is neither an answer to {@link call} nor answered by {@link answer}. */
  next(timeoutMs = LONGEST_WAIT_MS): Promise<Frame> {
    const unread = this.unread.shift();
    if (unread !== undefined) return Promise.resolve(unread);
    let reader: (frame: Frame) => void = () => undefined;
    const frame = new Promise<Frame>((resolve) => this.#readers.push((reader = resolve)));
    return within(timeoutMs, frame, 'no frame came').catch((error: Error) => {
      // A frame that comes later is for whoever asks then.
      this.#readers.splice(this.#readers.indexOf(reader), 1);
      throw error;
    });
  }

  /** Closes and waits for it. */
  async close(code = 1000, reason = ''): Promise<Closing> {
    this.#socket.close(code, reason);
    return this.closed;
  }

  /** Ends without a closing handshake. */
  terminate(): void {
    this.#socket.terminate();
  }

  #receive(data: string): void {
    const frame = parse(data);
    this.received.push(frame);
    const [type, id, action, payload] = typeof frame === 'string' ? [] : frame;
    const settle = this.#calls.get(String(id));
    if ((type === 3 || type === 4) && settle) {
      this.#calls.delete(String(id));
      settle(frame as unknown[]);
      return;
    }
    const answer = type === 2 ? (this.#answers.get(String(action)) ?? this.#answers.get('*')) : undefined;
    if (answer) void this.#answerCall(answer, String(id), payload as Record<string, unknown>);
    else this.#deliver(frame);
  }

  #deliver(frame: Frame): void {
    const reader = this.#readers.shift();
    if (reader) reader(frame);
    else this.unread.push(frame);
  }

  async #answerCall(answer: Answer, id: string, payload: Record<string, unknown>): Promise<void> {
    const reply = await answer(payload, id);
    if (this.#socket.readyState === WebSocket.OPEN) this.send(Array.isArray(reply) ? reply : [3, id, reply]);
  }
}

function parse(data: string): Frame {
  try {
    const value: unknown = JSON.parse(data);
    return Array.isArray(value) ? (value as unknown[]) : data;
  } catch {
    return data;
  }
}

async function within<T>(timeoutMs: number, promise: Promise<T>, problem: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${problem} in ${timeoutMs} ms`)), timeoutMs);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
