import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net';
import type { ReceiverPorts, ReceiversAnswer, ReceiversRequest } from './receivers.ts';

/** From when an event was recorded to its arrival at a live endpoint, ms. */
let waits: number[] = [];

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

async function listening(server: Server): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}

const live = createServer((request, response) => {
  void bodyOf(request).then((body) => {
    const { data } = JSON.parse(body) as { data: { recorded_at: string } };
    waits.push(Date.now() - Date.parse(data.recorded_at));
    response.writeHead(204).end();
  });
});
const failing = createServer((request, response) => void bodyOf(request).then(() => response.writeHead(500).end()));
const blackHole = createTcpServer(() => undefined);
const refusing = createTcpServer();

async function open(): Promise<ReceiverPorts> {
  const ports = {
    live: await listening(live),
    failing: await listening(failing),
    blackHole: await listening(blackHole),
    refusing: await listening(refusing),
  };
  // Nothing listens on its port from now on.
  refusing.close();
  return ports;
}

async function perform(request: ReceiversRequest): Promise<ReceiversAnswer> {
  switch (request) {
    case 'open':
      return { ports: await open() };
    case 'waits':
      return { waits };
    case 'forget':
      waits = [];
      return {};
  }
}

process.on('message', (request: ReceiversRequest) => void perform(request).then((answer) => process.send?.(answer)));
