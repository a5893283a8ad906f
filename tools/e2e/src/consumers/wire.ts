import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Whoever connects to `port` reaches an engine. What is said there can be heard and done, and the answer held back. */
export class Wire {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #unanswered: RegExp | undefined;

  private constructor(target: number) {
    this.#server = createServer((near) => this.#join(near, connect(target, '127.0.0.1')));
  }

  static async to(target: number): Promise<Wire> {
    const wire = new Wire(target);
    await once(wire.#server.listen(0, '127.0.0.1'), 'listening');
    return wire;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** A connection on which this is said hears nothing any more, for good; undefined: new ones do. */
  leaveUnanswered(said: RegExp | undefined): void {
    this.#unanswered = said;
  }

  async stop(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #join(near: Socket, far: Socket): void {
    far.pipe(near);
    near.on('data', (chunk) => {
      if (this.#unanswered?.test(chunk.toString('latin1'))) far.unpipe(near);
      far.write(chunk);
    });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(one);
      one.on('error', () => undefined);
      one.on('close', () => {
        this.#sockets.delete(one);
        other.destroy();
      });
    }
  }
}
