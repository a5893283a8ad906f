import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

interface SentryEvent {
  level: string;
  tags?: Record<string, string>;
  exception: { values: { type: string; value: string }[] };
  contexts?: Record<string, Record<string, unknown>>;
}

/** The host of a Sentry project, which keeps what is reported to it. */
export class SentryReceiver {
  /** Everything that was received, as text in which a secret would be found. */
  received = '';
  readonly events: SentryEvent[] = [];

  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<SentryReceiver> {
    const server = createServer((request, response) => {
      void text(request).then((envelope) => {
        receiver.received += envelope;
        // An envelope has a line of its own, and two for each item: what it is, and the item.
        for (const line of envelope.split('\n').slice(2)) if (line.includes('"exception"')) receiver.keep(line);
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      });
    });
    const receiver = new SentryReceiver(server);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return receiver;
  }

  /** For EVEYS_OCPP_SENTRY_DSN. */
  get dsn(): string {
    return `http://public@127.0.0.1:${(this.#server.address() as AddressInfo).port}/1`;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  private keep(event: string): void {
    this.events.push(JSON.parse(event) as SentryEvent);
  }
}
