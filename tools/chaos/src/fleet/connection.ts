import { WebSocket } from 'ws';
import type { Call, Payload } from './message.ts';

const HANDSHAKE_TIMEOUT_MS = 5_000;
const CALL_TIMEOUT_MS = 15_000;

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

/** The charger's end of one WebSocket: one CALL outstanding, every CALL of the CSMS is not implemented. */
export class Connection {
  readonly closed: Promise<void>;
  readonly #socket: WebSocket;
  #outstanding: Outstanding | undefined;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
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
  static open(url: string, cpId: string, subprotocol: string): Promise<Connection> {
    const socket = new WebSocket(`${url}/${cpId}`, [subprotocol], {
      handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
      perMessageDeflate: false,
    });
    return new Promise((resolve, reject) => {
      const connection = new Connection(socket);
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
    const [type, id, third] = JSON.parse(data) as [number, string, unknown];
    if (type === 2) this.#socket.send(JSON.stringify([4, id, 'NotImplemented', '', {}]));
    // Anything for another id is a late answer: it acknowledges nothing any more.
    if (id !== this.#outstanding?.id) return;
    if (type === 3) this.#settle(({ resolve }) => resolve(third as Payload));
    if (type === 4) this.#settle(({ reject }) => reject(new CallErrorReceived(String(third))));
  }
}
