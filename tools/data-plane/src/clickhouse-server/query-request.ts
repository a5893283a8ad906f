/** An HTTP request of the query interface, read into what the engine needs. */
import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

import { serverException } from './exception.ts';

export interface QueryRequest {
  /** From the `query` parameter; empty when the body is the whole query. */
  readonly query: string;
  readonly body: Buffer;
  readonly database?: string;
  readonly defaultFormat: string;
  readonly queryId: string;
  readonly sessionId?: string;
  readonly sessionTimeoutS: number;
  readonly parameters: ReadonlyMap<string, string>;
  readonly settings: ReadonlyMap<string, string>;
  /** GET may not change anything, as in ClickHouse. */
  readonly readonly: boolean;
  readonly compressResponse: boolean;
}

/** Parameters of the HTTP layer, which the engine doesn't know as settings. */
const HTTP_LAYER: ReadonlySet<string> = new Set([
  'query',
  'query_id',
  'database',
  'default_format',
  'session_id',
  'session_timeout',
  'session_check',
  'user',
  'password',
  'quota_key',
  'stacktrace',
  'compress',
  'decompress',
  'buffer_size',
  'wait_end_of_query',
  'enable_http_compression',
  'http_zlib_compression_level',
  'http_response_buffer_size',
  'http_response_headers',
  'send_progress_in_http_headers',
  'http_headers_progress_interval_ms',
  'client_protocol_version',
]);

const DEFAULT_SESSION_TIMEOUT_S = 60;

export function readQueryRequest(
  method: string,
  parameters: URLSearchParams,
  headers: IncomingHttpHeaders,
  body: Buffer,
): QueryRequest {
  refuseNativeCompression(parameters);
  const header = (name: string): string | undefined => headers[name]?.toString();
  const database = parameters.get('database') ?? header('x-clickhouse-database');
  const sessionId = parameters.get('session_id');
  return {
    query: parameters.get('query') ?? '',
    body,
    ...(database && { database }),
    defaultFormat: parameters.get('default_format') ?? header('x-clickhouse-format') ?? 'TabSeparated',
    queryId: parameters.get('query_id') || randomUUID(),
    ...(sessionId && { sessionId }),
    sessionTimeoutS: Number(parameters.get('session_timeout') ?? DEFAULT_SESSION_TIMEOUT_S),
    parameters: new Map([...parameters].filter(([name]) => name.startsWith('param_'))),
    settings: new Map([...parameters].filter(([name]) => !name.startsWith('param_') && !HTTP_LAYER.has(name))),
    readonly: method === 'GET',
    compressResponse: ['1', 'true'].includes(parameters.get('enable_http_compression') ?? ''),
  };
}

/** `compress=1` and `decompress=1` mean ClickHouse's own block format, which only its native clients speak. */
function refuseNativeCompression(parameters: URLSearchParams): void {
  for (const name of ['compress', 'decompress']) {
    if (!['1', 'true'].includes(parameters.get(name) ?? '')) continue;
    throw serverException(
      48,
      'NOT_IMPLEMENTED',
      `This server has no native block compression (${name}=1): use Content-Encoding and enable_http_compression`,
    );
  }
}
