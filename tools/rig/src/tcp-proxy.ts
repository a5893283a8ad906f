import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { pickFreePort } from '@ocpp-gw/data-plane';

/** Whoever connects to `port` reaches `target`, until the connection is cut or its answers are held back. */
export class TcpProxy {
  readonly port: number;
  readonly #target: number;
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #unanswered: RegExp | undefined;

  private constructor(port: number, target: number) {
    this.port = port;
    this.#target = target;
  }

  static async to(target: number): Promise<TcpProxy> {
    const proxy = new TcpProxy(await pickFreePort(), target);
    await proxy.listen();
    return proxy;
  }

  /** Listens again after {@link stop}. */
  async listen(): Promise<void> {
    const server = createServer((near) => this.#join(near, connect(this.#target, '127.0.0.1')));
    this.#server = server;
    server.listen(this.port, '127.0.0.1');
    await once(server, 'listening');
  }

  /** Nobody listens any more, and what was open breaks off. */
  async stop(): Promise<void> {
    const server = this.#server;
    if (!server) return;
    this.#server = undefined;
    const closed = once(server, 'close');
    server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  /** A connection on which this is said gets no answer any more, for good; undefined: new ones do. */
  leaveUnanswered(said: RegExp | undefined): void {
    this.#unanswered = said;
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
