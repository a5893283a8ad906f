import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Rest {
  url: string;
  /** `METHOD /path`, oldest first. */
  requests: string[];
  stop(): void;
}

/** Answers REST as a test says: a status and a body, or undefined for a connection that breaks. */
export async function startRest(
  answer: (request: IncomingMessage) => { status: number; body: object } | undefined,
): Promise<Rest> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    const said = answer(request);
    if (!said) return void request.socket.destroy();
    response.writeHead(said.status, { 'content-type': 'application/json' }).end(JSON.stringify(said.body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
