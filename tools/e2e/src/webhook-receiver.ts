import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SignedMessage } from './outside-charger.ts';
import { TOKEN, type Stack } from './stack.ts';

const SIGNED_HEADERS = ['webhook-id', 'webhook-timestamp', 'webhook-signature'];

export type ReceivedMessage = Omit<SignedMessage, 'secret'> & { path: string; traceparent: string };

/** The receiver of a webhook. It answers every message with `status` and keeps it. */
export class WebhookReceiver {
  status = 204;
  received: ReceivedMessage[] = [];
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += String(chunk)));
      request.on('end', () => {
        const headers = Object.fromEntries(SIGNED_HEADERS.map((name) => [name, String(request.headers[name])]));
        const traceparent = String(request.headers['traceparent']);
        this.received.push({ path: request.url ?? '', body, headers, traceparent });
        response.writeHead(this.status).end();
      });
    });
  }

  static async start(): Promise<WebhookReceiver> {
    const receiver = new WebhookReceiver();
    await once(receiver.#server.listen(0, '127.0.0.1'), 'listening');
    return receiver;
  }

  url(path: string): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${path}`;
  }

  /** The types of what was received, in order. */
  get types(): string[] {
    return this.received.map(({ body }) => (JSON.parse(body) as { type: string }).type);
  }

  /** What the charge point said in `info` of each StatusNotification that was received, in order. */
  infos(path: string): string[] {
    return this.received
      .filter((message) => message.path === path)
      .map(({ body }) => (JSON.parse(body) as { data: { payload?: { info?: string } } }).data.payload?.info ?? '');
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

export interface JsonAnswer {
  status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers of every route
  body: any;
}

/** Asks REST as an administrator. The body is null where there is none. */
export async function ask(stack: Stack, method: string, path: string, body?: object): Promise<JsonAnswer> {
  const response = await fetch(`${stack.rest}${path}`, {
    method,
    headers: { authorization: `Bearer ${TOKEN}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text) };
}
