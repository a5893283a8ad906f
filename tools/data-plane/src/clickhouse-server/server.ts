/** ClickHouse's HTTP interface, as far as its clients use it, over an engine in this process. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

import { chooseEncoding, decodeBody, encodeBody } from './compression.ts';
import { contentTypeOf } from './content-type.ts';
import { serverException, statusOf, toQueryError } from './exception.ts';
import { readQueryRequest, type QueryRequest } from './query-request.ts';
import type { QueryOutcome } from './query-runner.ts';

export interface ServerOptions {
  readonly run: (request: QueryRequest) => Promise<QueryOutcome>;
  readonly log: (line: string) => void;
  readonly maxBodyBytes?: number;
}

const MAX_BODY_BYTES = 1024 ** 3;
/** ClickHouse's default; clients close idle sockets before the server does. */
const KEEP_ALIVE_MS = 10_000;

export function createClickHouseServer(options: ServerOptions): Server {
  const server = createServer((request, response) => {
    void answer(request, response, options).catch((error: unknown) => {
      options.log(`answer failed: ${String(error)}`);
      response.destroy();
    });
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  // A slow query or a slow upload is no reason to hang up: ClickHouse's own limits are in its settings.
  server.requestTimeout = 0;
  return server;
}

async function answer(request: IncomingMessage, response: ServerResponse, options: ServerOptions): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (url.pathname === '/ping' || url.pathname === '/replicas_status') {
    response.writeHead(200, { 'Content-Type': 'text/html; charset=UTF-8' }).end('Ok.\n');
    return;
  }
  if (url.pathname !== '/' || !['GET', 'POST'].includes(request.method ?? '')) {
    response
      .writeHead(404, { 'Content-Type': 'text/plain; charset=UTF-8' })
      .end(`There is no handle ${request.method} ${url.pathname}\n`);
    return;
  }
  if (request.method === 'GET' && !url.searchParams.has('query')) {
    response.writeHead(200, { 'Content-Type': 'text/html; charset=UTF-8' }).end('Ok.\n');
    return;
  }
  await answerQuery(request, response, url.searchParams, options);
}

async function answerQuery(
  request: IncomingMessage,
  response: ServerResponse,
  parameters: URLSearchParams,
  options: ServerOptions,
): Promise<void> {
  const headers: Record<string, string> = { 'X-ClickHouse-Query-Id': parameters.get('query_id') ?? '' };
  try {
    const raw = await readBody(request, options.maxBodyBytes ?? MAX_BODY_BYTES);
    const body = await takeForm(request, parameters, await decodeBody(raw, request.headers['content-encoding']));
    const query = readQueryRequest(request.method ?? 'POST', parameters, request.headers, body);
    headers['X-ClickHouse-Query-Id'] = query.queryId;
    const outcome = await options.run(query);
    headers['X-ClickHouse-Format'] = outcome.format;
    headers['X-ClickHouse-Timezone'] = 'UTC';
    headers['X-ClickHouse-Summary'] = JSON.stringify(outcome.summary);
    headers['Content-Type'] = contentTypeOf(outcome.format);
    await send(
      response,
      200,
      headers,
      outcome.body,
      query.compressResponse ? request.headers['accept-encoding'] : undefined,
    );
  } catch (error) {
    const fault = toQueryError(error);
    options.log(`${headers['X-ClickHouse-Query-Id']} ${fault.message}`);
    headers['X-ClickHouse-Exception-Code'] = String(fault.code);
    headers['Content-Type'] = 'text/plain; charset=UTF-8';
    await send(response, statusOf(fault.code), headers, Buffer.from(`${fault.message}\n`), undefined);
  }
}

async function send(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: Buffer,
  acceptEncoding: string | string[] | undefined,
): Promise<void> {
  const encoding = chooseEncoding(acceptEncoding?.toString());
  const encoded = encoding ? await encodeBody(body, encoding) : body;
  response.writeHead(status, {
    ...headers,
    'Content-Length': encoded.length,
    ...(encoding && { 'Content-Encoding': encoding }),
  });
  response.end(encoded);
}

async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    // The rest is read and dropped, so that the client gets the answer instead of a reset.
    if (size <= limit) chunks.push(chunk);
  }
  if (size > limit)
    throw serverException(
      307,
      'TOO_MANY_BYTES',
      `The request's body has ${size} bytes, more than ${limit}: insert in smaller batches`,
    );
  return Buffer.concat(chunks);
}

/** Clients move long query parameters from the address into a multipart form; there the query is a field as well. */
async function takeForm(request: IncomingMessage, parameters: URLSearchParams, body: Buffer): Promise<Buffer> {
  const contentType = request.headers['content-type'] ?? '';
  if (!contentType.startsWith('multipart/form-data')) return body;
  const form = await new Response(body, { headers: { 'Content-Type': contentType } }).formData();
  let query = '';
  for (const [name, value] of form) {
    if (typeof value !== 'string')
      throw serverException(48, 'NOT_IMPLEMENTED', `External table ${name}: this server takes text fields only`);
    if (name === 'query') query = value;
    else parameters.append(name, value);
  }
  return Buffer.from(query);
}
