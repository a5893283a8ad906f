import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

const MAX_BODY_BYTES = 1024 * 1024;

export interface Request {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Response {
  status: number;
  body?: unknown;
}

async function readBody(incoming: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    // What is too much is still read, so that the sender gets to see the answer.
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return size > MAX_BODY_BYTES ? null : Buffer.concat(chunks).toString('utf8');
}

/** One request through `route`; every answer is JSON. */
export async function exchange(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  route: (request: Request) => Promise<Response> | Response,
): Promise<void> {
  let response: Response;
  try {
    const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://mock-backend');
    const body = await readBody(incoming);
    response =
      body === null
        ? { status: 413, body: { error: `the body is larger than ${MAX_BODY_BYTES} bytes` } }
        : await route({
            method: incoming.method ?? 'GET',
            path: pathname,
            query: searchParams,
            headers: incoming.headers,
            body,
          });
  } catch (error) {
    response = { status: 500, body: { error: String(error) } };
  }
  if (response.body === undefined) {
    outgoing.writeHead(response.status).end();
    return;
  }
  outgoing.writeHead(response.status, { 'content-type': 'application/json' }).end(JSON.stringify(response.body));
}
