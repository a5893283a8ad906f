import { WebSocket } from 'ws';
import type { Call, Payload } from './message.ts';

const HANDSHAKE_TIMEOUT_MS = 5_000;
const CALL_TIMEOUT_MS = 15_000;

/** Where chargers connect. */
export interface Door {
  /** Tried in turn. */
  urls: readonly string[];
  /** Whose certificate they believe, PEM; absent where there is no TLS. */
  ca?: string;
}

export interface ConnectionOptions {
  url: string;
  cpId: string;
  subprotocol: string;
  ca?: string;
  /** Answers a CALL of the CSMS; undefined: it is not implemented. */
  onCall: (call: Call) => Payload | undefined;
}

/** Thrown when the CSMS answers with a CALLERROR; the message is its code. */
export class CallErrorReceived extends Error {
  override readonly name = 'CallErrorReceived';
}

interface Outstanding {
  id: string;
  resolve(answer: Payload): void;
  reject(error: Error): void;
  timer: NodeJS.Timeout;
}

/** The charger's end of one WebSocket: one CALL outstanding. */
export class Connection {
  readonly closed: Promise<void>;
  readonly #socket: WebSocket;
  readonly #onCall: ConnectionOptions['onCall'];
  #outstanding: Outstanding | undefined;

  private constructor(socket: WebSocket, onCall: ConnectionOptions['onCall']) {
    this.#socket = socket;
    this.#onCall = onCall;
    socket.on('message', (data) => this.#receive(String(data)));
    // The close event follows and tells what matters.
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        this.#settle(({ reject }) => reject(new Error('the connection ended')));
        resolve();
      });
    });
  }

  /** Rejects when the handshake is refused, or nobody listens. */
  static open({ url, cpId, subprotocol, ca, onCall }: ConnectionOptions): Promise<Connection> {
    const socket = new WebSocket(`${url}/${cpId}`, [subprotocol], {
      handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
      perMessageDeflate: false,
      ...(ca === undefined ? {} : { ca }),
    });
    return new Promise((resolve, reject) => {
      const connection = new Connection(socket, onCall);
      socket.once('open', () => resolve(connection));
      socket.once('error', reject);
    });
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  /** One at a time. Rejects with a CALLERROR, without an answer in time, or when the connection ends first. */
  call({ action, payload }: Call, id: string): Promise<Payload> {
    if (!this.isOpen) return Promise.reject(new Error('not connected'));
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => this.#settle((late) => late.reject(new Error(`no answer to ${action}`))),
        CALL_TIMEOUT_MS,
      );
      this.#outstanding = { id, resolve, reject, timer };
      this.#socket.send(JSON.stringify([2, id, action, payload]));
    });
  }

  /** Without a closing handshake, as a cut cable. */
  cut(): void {
    this.#socket.terminate();
  }

  #settle(end: (outstanding: Outstanding) => void): void {
    const outstanding = this.#outstanding;
    this.#outstanding = undefined;
    if (!outstanding) return;
    clearTimeout(outstanding.timer);
    end(outstanding);
  }

  #receive(data: string): void {
    const [type, id, third, fourth] = JSON.parse(data) as [number, string, unknown, unknown];
    if (type === 2) this.#answer(id, { action: String(third), payload: fourth as Payload });
    // Anything for another id is a late answer: it acknowledges nothing any more.
    if (id !== this.#outstanding?.id) return;
    if (type === 3) this.#settle(({ resolve }) => resolve(third as Payload));
    if (type === 4) this.#settle(({ reject }) => reject(new CallErrorReceived(String(third))));
  }

  #answer(id: string, call: Call): void {
    const answer = this.#onCall(call);
    this.#socket.send(JSON.stringify(answer ? [3, id, answer] : [4, id, 'NotImplemented', '', {}]));
  }
}
