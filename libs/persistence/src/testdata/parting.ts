import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';

/** ErrorResponse, as a backend sends it whose postmaster was killed. */
const LAST_WORDS = errorResponse({ S: 'FATAL', V: 'FATAL', C: '57P01', M: 'terminating connection' });

/**
 * Between a client and Postgres: when asked to, it adds a server's last words to the next answer, in the same packet, and
 * hangs up.
 */
export class Parting {
  readonly url: string;
  readonly #server: Server;
  #parting = false;

  private constructor(server: Server, url: string) {
    this.#server = server;
    this.url = url;
  }

  static async before(postgresUrl: string): Promise<Parting> {
    const { hostname, port } = new URL(postgresUrl);
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = new URL(postgresUrl);
    url.port = String((server.address() as AddressInfo).port);
    const parting = new Parting(server, url.href);
    server.on('connection', (near) => {
      const far = connect(Number(port), hostname);
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const)
        one.on('error', () => undefined).on('close', () => other.destroy());
      near.pipe(far);
      far.on('data', (answer) => {
        if (!parting.#parting) return void near.write(answer);
        parting.#parting = false;
        near.end(Buffer.concat([answer, LAST_WORDS]));
      });
    });
    return parting;
  }

  partWithNextAnswer(): void {
    this.#parting = true;
  }

  async stop(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    await closed;
  }
}

function errorResponse(fields: Record<string, string>): Buffer {
  const text = Object.entries(fields).map(([key, value]) => `${key}${value}\0`);
  const body = Buffer.from(`${text.join('')}\0`);
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}
