import { connect, type Socket } from 'node:net';
import { CLOSE, FrameReader, PING, pongFrame, TEXT, type ServerFrame } from '@ocpp-gw/bench';
import type { Version } from '../plan/fleet.ts';

export interface LinkOptions {
  /** ws://host:port, with a path to put before the identity where there is one. */
  url: string;
  identity: string;
  version: Version;
  /** The address that it connects from; the system's choice when absent. */
  source: string | undefined;
}

export interface LinkEvents {
  opened(): void;
  /** No WebSocket came of it. `status` is that of HTTP; absent when nobody answered. */
  refused(how: string, answer?: { status: number; retryAfterMs: number | undefined }): void;
  text(text: string): void;
  /** An open connection ended. */
  closed(how: string): void;
}

const END_OF_HEADERS = Buffer.from('\r\n\r\n');
const NORMAL_LENGTH_OF_CODE = 2;

/** One connection: the handshake, frames out and texts in. It checks nothing that it need not know. */
export class Link {
  readonly #socket: Socket;
  readonly #events: LinkEvents;
  #reader: FrameReader | undefined;
  #headers: Buffer = Buffer.alloc(0);
  #end = 'without a close frame';
  #over = false;

  constructor({ url, identity, version, source }: LinkOptions, events: LinkEvents) {
    const { hostname, port, pathname } = new URL(url);
    this.#events = events;
    this.#socket = connect({
      host: hostname,
      port: Number(port),
      noDelay: true,
      ...(source !== undefined && { localAddress: source }),
    });
    this.#socket.on('data', (chunk) => this.#read(chunk));
    this.#socket.on('error', (error: NodeJS.ErrnoException) => (this.#end = error.code ?? error.message));
    this.#socket.on('close', () => this.#closed());
    this.#socket.write(
      `GET ${pathname.replace(/\/$/, '')}/${identity} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: ocpp${version}\r\n\r\n`,
    );
  }

  send(frame: Buffer): void {
    this.#socket.write(frame);
  }

  /** Cuts the cable: no close frame, and no event follows. */
  destroy(): void {
    this.#over = true;
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    if (this.#over) return;
    if (this.#reader) return this.#readFrames(this.#reader, chunk);
    this.#headers = this.#headers.length === 0 ? chunk : Buffer.concat([this.#headers, chunk]);
    const end = this.#headers.indexOf(END_OF_HEADERS);
    if (end < 0) return;
    const headers = this.#headers.toString('latin1', 0, end);
    const rest = this.#headers.subarray(end + END_OF_HEADERS.length);
    this.#headers = Buffer.alloc(0);
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(headers)?.[1]);
    if (status !== 101) return this.#refuse(status, headers);
    this.#reader = new FrameReader();
    this.#events.opened();
    if (rest.length > 0) this.#readFrames(this.#reader, rest);
  }

  #refuse(status: number, headers: string): void {
    const seconds = /^retry-after: *(\d+)/im.exec(headers)?.[1];
    this.destroy();
    this.#events.refused(`HTTP ${status}`, {
      status,
      retryAfterMs: seconds === undefined ? undefined : Number(seconds) * 1000,
    });
  }

  #readFrames(reader: FrameReader, chunk: Buffer): void {
    for (const frame of reader.read(chunk)) this.#take(frame);
  }

  #take({ opcode, payload }: ServerFrame): void {
    if (opcode === TEXT) this.#events.text(payload.toString('latin1'));
    else if (opcode === PING) this.send(pongFrame(payload));
    else if (opcode === CLOSE) {
      this.#end =
        payload.length >= NORMAL_LENGTH_OF_CODE ? `code ${payload.readUInt16BE(0)}` : 'a close frame without a code';
      this.#socket.end();
    }
  }

  #closed(): void {
    if (this.#over) return;
    this.#over = true;
    if (this.#reader) this.#events.closed(this.#end);
    else this.#events.refused(this.#end);
  }
}
