import { STATUS_CODES, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Refusal } from '../handshake/refusal.ts';

/** A peer that has not read our refusal after this time is disconnected. */
const LINGER_MS = 5_000;

/** Answers a handshake that is refused. */
export function writeRefusal(socket: Duplex, refusal: Refusal): void {
  const { headers, body } = problem(refusal);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
  socket.end(`HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}\r\n${lines.join('')}\r\n${body}`);
}

/** Answers a request that is not a handshake. */
export function respondWithRefusal(response: ServerResponse, refusal: Refusal): void {
  const { headers, body } = problem(refusal);
  response.writeHead(refusal.status, headers).end(body);
}

/** RFC 9457. */
function problem({ status, reason, detail, headers }: Refusal): { headers: Record<string, string>; body: string } {
  const body = JSON.stringify({ type: 'about:blank', title: reason, status, detail });
  return {
    body,
    headers: {
      connection: 'close',
      'content-type': 'application/problem+json',
      'content-length': String(Buffer.byteLength(body)),
      ...headers,
    },
  };
}
