import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { CLOSE, FrameReader, PING, TEXT, type ServerFrame } from './frame-reader.ts';
import { pongFrame, textFrame, type FrameTemplate } from './frame-template.ts';

const END_OF_HEADERS = '\r\n\r\n';

/** A charger with as little between it and the socket as can be: what it costs is not what is measured. */
export class RawCharger {
  readonly #socket: Socket;
  readonly #reader = new FrameReader();
  #sent = 0;
  /** As the last StartTransaction was answered. */
  #transaction = '0';
  #waiting: { resolve: (ok: boolean) => void; reject: (error: Error) => void } | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk) => this.#read(chunk));
    socket.on('close', () => this.#waiting?.reject(new Error('the server closed the socket')));
  }

  static async connect(url: string, identity: string): Promise<RawCharger> {
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    socket.write(
      `GET /${identity} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: ocpp1.6${END_OF_HEADERS}`,
    );
    let answer = '';
    while (!answer.includes(END_OF_HEADERS)) {
      const [chunk] = (await once(socket, 'data')) as [Buffer];
      answer += chunk.toString('latin1');
    }
    // The charger speaks first: nothing follows the headers.
    if (!answer.startsWith('HTTP/1.1 101')) throw new Error(`${identity} was refused: ${answer.split('\r\n', 1)[0]}`);
    return new RawCharger(socket);
  }

  /** @returns false for a CALLERROR. */
  call(template: FrameTemplate): Promise<boolean> {
    const { promise, resolve, reject } = Promise.withResolvers<boolean>();
    this.#waiting = { resolve, reject };
    this.#sent += 1;
    const values = { id: String(this.#sent), time: new Date().toISOString(), transaction: this.#transaction };
    this.#socket.write(template.fill(values));
    return promise;
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    for (const frame of this.#reader.read(chunk)) this.#take(frame);
  }

  #take({ opcode, payload }: ServerFrame): void {
    if (opcode === PING) this.#socket.write(pongFrame(payload));
    if (opcode === CLOSE) this.#socket.end();
    if (opcode !== TEXT) return;
    const text = payload.toString('latin1');
    if (text.startsWith('[2,')) return this.#answer(text);
    const transaction = /"transactionId":(\d+)/.exec(text)?.[1];
    if (transaction !== undefined) this.#transaction = transaction;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.resolve(text.startsWith('[3,'));
  }

  /** Takes every command. */
  #answer(text: string): void {
    const [, id] = JSON.parse(text) as [number, string];
    this.#socket.write(textFrame(`[3,${JSON.stringify(id)},{"status":"Accepted"}]`));
  }
}
