import type { WebSocket } from 'ws';

/** Close codes (RFC 6455 §7.4.1). `abnormal` is never sent; it stands for a connection without a close frame. */
export const CLOSE = {
  superseded: 1000,
  goingAway: 1001,
  unsupportedData: 1003,
  abnormal: 1006,
  policyViolation: 1008,
} as const;

/** The codes that RFC 6455 names; a charge point may send any other. */
export function closeCodeLabel(code: number): string {
  return code >= 1000 && code <= 1015 ? String(code) : 'other';
}

/** A peer that has not answered our close frame after this time is disconnected. */
const CLOSE_GRACE_MS = 5_000;
/** Greatest size of unread answers. A peer that never reads its answers is disconnected before it fills our memory. */
const MAX_UNREAD_BYTES = 4 * 1024 * 1024;

/** Shared by the sockets of all owners. */
export interface ChargerSocketPorts<Owner> {
  frame: (data: Buffer, isBinary: boolean, owner: Owner) => void;
  /** Called for a text that goes to the peer. */
  sent: (frame: string, owner: Owner) => void;
  pinged: (owner: Owner) => void;
  ponged: (owner: Owner) => void;
  /** Called after an error, for which `ws` itself closes with the fitting code (1002, 1007, 1009). */
  failed: (error: Error, code: string | undefined, owner: Owner) => void;
  /** Called when the peer does not read what we send. */
  unread: (owner: Owner) => void;
  closed: (code: number, reason: string, owner: Owner) => void;
}

/** Where the listeners, which all sockets share, find theirs. */
const HELD_BY = Symbol('HELD_BY');
interface Held extends WebSocket {
  [HELD_BY]?: ChargerSocket<unknown>;
}

/** The WebSocket of a charge point as its session uses it. */
export class ChargerSocket<Owner> {
  constructor(
    private readonly socket: WebSocket,
    private readonly ports: ChargerSocketPorts<Owner>,
    private readonly owner: Owner,
  ) {
    (socket as Held)[HELD_BY] = this as ChargerSocket<unknown>;
    socket.on('message', ChargerSocket.onMessage);
    socket.on('ping', ChargerSocket.onPing);
    socket.on('pong', ChargerSocket.onPong);
    socket.on('error', ChargerSocket.onError);
    socket.on('close', ChargerSocket.onClose);
  }

  private static onMessage(this: Held, data: unknown, isBinary: boolean): void {
    const held = this[HELD_BY];
    held?.ports.frame(data as Buffer, isBinary, held.owner);
  }

  private static onPing(this: Held): void {
    const held = this[HELD_BY];
    held?.ports.pinged(held.owner);
  }

  private static onPong(this: Held): void {
    const held = this[HELD_BY];
    held?.ports.ponged(held.owner);
  }

  private static onError(this: Held, error: Error): void {
    const held = this[HELD_BY];
    held?.ports.failed(error, 'code' in error && typeof error.code === 'string' ? error.code : undefined, held.owner);
  }

  private static onClose(this: Held, code: number, reason: Buffer): void {
    const held = this[HELD_BY];
    held?.ports.closed(code, reason.toString(), held.owner);
  }

  get isOpen(): boolean {
    return this.socket.readyState === this.socket.OPEN;
  }

  /** Resolves when the socket is closed. */
  gone(): Promise<void> {
    return new Promise((resolve) => this.socket.once('close', () => resolve()));
  }

  send(frame: string): void {
    if (!this.isOpen) return;
    if (this.socket.bufferedAmount > MAX_UNREAD_BYTES) return this.ports.unread(this.owner);
    this.ports.sent(frame, this.owner);
    this.socket.send(frame);
  }

  ping(): void {
    if (this.isOpen) this.socket.ping();
  }

  pause(): void {
    this.socket.pause();
  }

  resume(): void {
    this.socket.resume();
  }

  close(code: number, reason: string): void {
    // A paused socket would never read the peer's close frame.
    this.socket.resume();
    this.socket.close(code, reason);
    setTimeout(() => this.socket.terminate(), CLOSE_GRACE_MS).unref();
  }

  /** Closes without a close frame, which nobody would read. */
  terminate(): void {
    this.socket.terminate();
  }
}
