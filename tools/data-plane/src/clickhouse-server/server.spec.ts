import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync, zstdCompressSync } from 'node:zlib';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { serverException } from './exception.ts';
import type { QueryRequest } from './query-request.ts';
import type { QueryOutcome } from './query-runner.ts';
import { createClickHouseServer } from './server.ts';

let server: Server;
let url: string;
let seen: QueryRequest[];
let result: () => Promise<QueryOutcome>;

const outcome = (body: string, format = 'JSON'): QueryOutcome => ({
  body: Buffer.from(body),
  format,
  summary: { read_rows: '1' },
});

beforeEach(async () => {
  seen = [];
  result = () => Promise.resolve(outcome('{}'));
  const run = (request: QueryRequest): Promise<QueryOutcome> => {
    seen.push(request);
    return result();
  };
  server = createClickHouseServer({ run, log: () => undefined, maxBodyBytes: 1_000 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
});

describe('the server', () => {
  it('answers ping and refuses unknown paths', async () => {
    expect(await (await fetch(`${url}/ping`)).text()).toBe('Ok.\n');
    expect(await (await fetch(url)).text()).toBe('Ok.\n');
    expect((await fetch(`${url}/nothing`)).status).toBe(404);
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(404);
    expect(seen).toEqual([]);
  });

  it('tells settings from parameters and from its own options', async () => {
    const query =
      '?query_id=q&database=d&default_format=CSV&param_a=1&max_threads=2&wait_end_of_query=1&session_id=s&session_timeout=5';
    const response = await fetch(url + query, { method: 'POST', body: 'SELECT {a:UInt8}' });
    expect(seen).toEqual([
      {
        query: '',
        body: Buffer.from('SELECT {a:UInt8}'),
        database: 'd',
        defaultFormat: 'CSV',
        queryId: 'q',
        sessionId: 's',
        sessionTimeoutS: 5,
        parameters: new Map([['param_a', '1']]),
        settings: new Map([['max_threads', '2']]),
        readonly: false,
        compressResponse: false,
      },
    ]);
    expect(response.headers.get('x-clickhouse-query-id')).toBe('q');
    expect(response.headers.get('x-clickhouse-summary')).toBe('{"read_rows":"1"}');
    expect(response.headers.get('content-type')).toBe('application/json; charset=UTF-8');
  });

  it('gives a query id of its own to a request without one, and makes GET read-only', async () => {
    const response = await fetch(`${url}/?query=SELECT%201`);
    expect(response.headers.get('x-clickhouse-query-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(seen[0]).toMatchObject({ query: 'SELECT 1', readonly: true, defaultFormat: 'TabSeparated' });
  });

  it('undoes the compression of a body, and names the one it does not know', async () => {
    for (const [encoding, body] of [
      ['gzip', gzipSync('SELECT 1')],
      ['zstd', zstdCompressSync('SELECT 1')],
      ['identity', Buffer.from('SELECT 1')],
    ] as const) {
      await fetch(url, { method: 'POST', body: new Uint8Array(body), headers: { 'Content-Encoding': encoding } });
    }
    expect(seen.map(({ body }) => body.toString())).toEqual(['SELECT 1', 'SELECT 1', 'SELECT 1']);
    const odd = await fetch(url, { method: 'POST', body: 'x', headers: { 'Content-Encoding': 'lzma' } });
    expect(await odd.text()).toContain('Unknown Content-Encoding lzma: use gzip, deflate, br, zstd');
    const broken = await fetch(url, { method: 'POST', body: 'x', headers: { 'Content-Encoding': 'gzip' } });
    expect(broken.headers.get('x-clickhouse-exception-code')).toBe('354');
  });

  it('compresses an answer only where it is wanted and understood', async () => {
    const encodingOf = async (path: string, accept: string): Promise<string | null> =>
      (await fetch(url + path, { headers: { 'Accept-Encoding': accept } })).headers.get('content-encoding');
    expect(await encodingOf('/?query=x&enable_http_compression=1', 'zstd;q=1.0, lzma')).toBe('zstd');
    expect(await encodingOf('/?query=x&enable_http_compression=1', 'lzma')).toBeNull();
    expect(await encodingOf('/?query=x', 'gzip')).toBeNull();
  });

  it('reads query and parameters from a form, and refuses files in it', async () => {
    const form = new FormData();
    form.append('query', 'SELECT {x:String}');
    form.append('param_x', 'long');
    await fetch(url, { method: 'POST', body: form });
    expect(seen[0]).toMatchObject({
      body: Buffer.from('SELECT {x:String}'),
      parameters: new Map([['param_x', 'long']]),
    });
    form.append('table', new Blob(['1']));
    expect((await fetch(url, { method: 'POST', body: form })).status).toBe(501);
  });

  it('answers faults with code, status and text', async () => {
    result = () => Promise.reject(serverException(60, 'UNKNOWN_TABLE', 'There is no t'));
    const response = await fetch(url, { method: 'POST', body: 'SELECT 1' });
    expect(response.status).toBe(404);
    expect(response.headers.get('x-clickhouse-exception-code')).toBe('60');
    expect(await response.text()).toBe('Code: 60. DB::Exception: There is no t. (UNKNOWN_TABLE)\n');
  });

  it('refuses what is too large and what only native clients speak', async () => {
    const large = await fetch(url, { method: 'POST', body: 'x'.repeat(2_000) });
    expect(large.status).toBe(413);
    expect(await large.text()).toContain('insert in smaller batches');
    expect((await fetch(`${url}/?decompress=1`, { method: 'POST', body: 'x' })).status).toBe(501);
  });

  it('labels each format as ClickHouse does', async () => {
    const types: string[] = [];
    for (const format of [
      'JSONEachRow',
      'JSONCompactEachRow',
      'JSONCompact',
      'CSV',
      'TabSeparatedWithNames',
      'RowBinary',
      'Pretty',
    ]) {
      result = () => Promise.resolve(outcome('', format));
      types.push((await fetch(`${url}/?query=x`)).headers.get('content-type')?.split(';')[0] ?? '');
    }
    expect(types).toEqual([
      'application/x-ndjson',
      'application/x-ndjson',
      'application/json',
      'text/csv',
      'text/tab-separated-values',
      'application/octet-stream',
      'text/plain',
    ]);
  });
});
