import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface FloodOptions {
  port: number;
  /** The address it comes from: any of 127.0.0.0/8. */
  from: string;
  sockets: number;
  cpIds: readonly string[];
  pauseMs: number;
}

/** Strangers who guess passwords at registered chargers, on real sockets, until they are stopped. */
export class Flood {
  /** Answers by HTTP status; 0: none. */
  readonly answers = new Map<number, number>();
  private readonly options: FloodOptions;
  private readonly ends: Promise<void>[];
  private over = false;

  constructor(options: FloodOptions) {
    this.options = options;
    this.ends = Array.from({ length: options.sockets }, (_, n) => this.guess(n));
  }

  async stop(): Promise<void> {
    this.over = true;
    await Promise.all(this.ends);
  }

  private async guess(worker: number): Promise<void> {
    const { cpIds, pauseMs } = this.options;
    for (let n = 0; !this.over; n++) {
      const cpId = cpIds[(worker + n) % cpIds.length] ?? '';
      const digits = `${worker}${n}`.padStart(40, 'a');
      const status = await knock({ ...this.options, cpId, password: digits });
      this.answers.set(status, (this.answers.get(status) ?? 0) + 1);
      await sleep(pauseMs);
    }
  }
}

export interface Knock {
  port: number;
  from: string;
  cpId: string;
  password: string;
  /** Called with the socket before anything is answered, so that it can close the socket. */
  opened?: (socket: ReturnType<typeof connect>) => void;
}

/**
 * One handshake; the HTTP status of the answer, 0 where there is none. A socket that got in stays open until `opened`'s
 * ends it.
 */
export function knock({ port, from, cpId, password, opened }: Knock): Promise<number> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', localAddress: from });
    opened?.(socket);
    socket.on('error', () => resolve(0)).on('close', () => resolve(0));
    socket.once('data', (data) => {
      const status = Number(data.toString('latin1').split(' ')[1]);
      resolve(status);
      if (status !== 101) socket.destroy();
    });
    socket.write(
      [
        `GET /${cpId} HTTP/1.1`,
        'Host: x',
        'Connection: Upgrade',
        'Upgrade: websocket',
        'Sec-WebSocket-Version: 13',
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
        'Sec-WebSocket-Protocol: ocpp1.6',
        `Authorization: Basic ${Buffer.from(`${cpId}:${password}`).toString('base64')}`,
        '\r\n',
      ].join('\r\n'),
    );
  });
}
