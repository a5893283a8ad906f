import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Attempt {
  webhookId: string;
  cpId: string;
}

/** The HTTP status to answer; undefined: none, ever. */
export type Answer = (attempt: Attempt) => number | undefined;

const OK: Answer = () => 204;

/** A customer's receiver of webhooks that may fail in the middle. Signatures are verified elsewhere. */
export class Receiver {
  readonly #server: Server;
  #attempts: Attempt[] = [];
  #answer = OK;

  private constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { data } = JSON.parse(Buffer.concat(chunks).toString()) as { data: { cp_id: string } };
        const attempt = { webhookId: String(request.headers['webhook-id']), cpId: data.cp_id };
        this.#attempts.push(attempt);
        const status = this.#answer(attempt);
        if (status !== undefined) response.writeHead(status).end();
      });
    });
  }

  static async start(): Promise<Receiver> {
    const receiver = new Receiver();
    await once(receiver.#server.listen(0, '127.0.0.1'), 'listening');
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  /** webhook-ids of all attempts for a charger, in the order they came. */
  heard(cpId: string): string[] {
    return this.#attempts.filter((one) => one.cpId === cpId).map(({ webhookId }) => webhookId);
  }

  /** From now on; without one: 204 to all. */
  answer(answer: Answer = OK): void {
    this.#answer = answer;
  }

  async stop(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }
}
