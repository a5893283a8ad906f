import { randomUUID } from 'node:crypto';

import { STATUS_CODES, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { ProblemError } from '../problems/problem-error.ts';
import { problemDefinition } from '../problems/registry.ts';
import { PROBLEM_MEDIA_TYPE, renderProblem } from './problem.schema.ts';

/** How long the client has to read the answer before its connection is cut. */
const LINGER_MS = 1000;

/** Answers what Node cannot read as a request, and so gives to no route, with a problem too. */
export function answerClientErrors(server: Server): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    // More of the same request.
    if (socket.writableEnded) return;
    if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
    // Nobody may be waiting for this one: a browser opens connections that it does not use.
    if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT')
      return void socket.end('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n');
    const problem =
      error.code === 'HPE_HEADER_OVERFLOW'
        ? new ProblemError('headers-too-large')
        : new ProblemError('bad-request', { detail: 'Send a request of HTTP/1.1.', cause: error });
    socket.end(responseOf(problem));
    // Until then what it still sends is read: the answer would be lost with a connection that is cut before.
    setTimeout(() => socket.destroy(), LINGER_MS).unref();
  });
}

function responseOf(problem: ProblemError): string {
  const { status } = problemDefinition(problem.kind);
  const requestId = randomUUID();
  const body = JSON.stringify(renderProblem(problem, requestId));
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    `Content-Type: ${PROBLEM_MEDIA_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${requestId}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}
