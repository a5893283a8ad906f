/** Runs one request's statement on an engine connection. */
import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { ChdbResult, Session } from 'chdb';

import { serverException, toQueryError } from './exception.ts';
import type { QueryRequest } from './query-request.ts';
import { readStatement, type InsertStatement, type Statement } from './statement.ts';

export interface QueryOutcome {
  readonly body: Buffer;
  readonly format: string;
  /** X-ClickHouse-Summary: numbers as strings, as ClickHouse writes them. */
  readonly summary: Readonly<Record<string, string>>;
}

/** Lends a connection for one request. */
export interface ConnectionLender {
  use<T>(request: QueryRequest, work: (connection: Pick<Session, 'queryAsync'>) => Promise<T>): Promise<T>;
}

export class QueryRunner {
  readonly #connections: ConnectionLender;
  readonly #incoming: string;

  /** `incoming` is where the data of inserts waits for the engine to read it. */
  constructor(connections: ConnectionLender, incoming: string) {
    this.#connections = connections;
    this.#incoming = incoming;
  }

  async run(request: QueryRequest): Promise<QueryOutcome> {
    const statement = readRequestedStatement(request);
    return this.#connections.use(request, async (connection) => {
      try {
        for (const preparation of preparations(request)) await connection.queryAsync(preparation);
        return statement.kind === 'insert'
          ? await this.#insert(connection, statement)
          : summarise(
              await connection.queryAsync(statement.sql, { format: request.defaultFormat }),
              statement.format ?? request.defaultFormat,
            );
      } catch (error) {
        throw toQueryError(error);
      }
    });
  }

  /** Through a file, because the engine takes inline data as text only, and row formats of ours are binary. */
  async #insert(
    connection: Pick<Session, 'queryAsync'>,
    { readingFrom, format, data }: InsertStatement,
  ): Promise<QueryOutcome> {
    const file = join(this.#incoming, randomUUID());
    await writeFile(file, data);
    try {
      const result = await connection.queryAsync(readingFrom(quote(file)));
      const { summary } = summarise(result, format);
      const written = { written_rows: String(result.rowsRead), written_bytes: String(result.bytesRead) };
      return { body: Buffer.alloc(0), format, summary: { ...summary, ...written } };
    } finally {
      await rm(file, { force: true });
    }
  }
}

/** With a `query` parameter the body is data, or the rest of the query; without one it is the query. */
function readRequestedStatement({ query, body }: QueryRequest): Statement {
  const prefix = Buffer.from(query);
  const statement = readStatement(query ? prefix : body);
  const complete = withBody(statement, query ? body : Buffer.alloc(0));
  if (complete.kind === 'insert') return complete;
  if (complete.sql.trim() === '') throw serverException(62, 'SYNTAX_ERROR', 'Empty query');
  if (complete.secondAt !== undefined) {
    throw serverException(
      62,
      'SYNTAX_ERROR',
      `Syntax error (Multi-statements are not allowed): failed at position ${complete.secondAt + 1}`,
    );
  }
  return complete;
}

function withBody(statement: Statement, body: Buffer): Statement {
  if (body.length === 0) return statement;
  if (statement.kind === 'insert') return { ...statement, data: Buffer.concat([statement.data, body]) };
  return readStatement(Buffer.concat([Buffer.from(`${statement.sql}\n`), body]));
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

function* preparations({ database, settings, parameters, readonly }: QueryRequest): Generator<string> {
  if (database) yield `USE \`${database.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``;
  for (const assignment of [...parameters, ...settings]) yield set(...assignment);
  // Last: afterwards the connection refuses to be changed.
  if (readonly) yield 'SET readonly = 2';
}

function set(name: string, value: string): string {
  if (/^[A-Za-z_]\w*$/.test(name)) return `SET ${name} = ${quote(value)}`;
  throw serverException(115, 'UNKNOWN_SETTING', `Setting ${name} is neither a builtin setting nor a parameter`);
}

function summarise(result: ChdbResult, format: string): QueryOutcome {
  const bytes = result.bytes();
  return {
    body: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    format,
    summary: {
      read_rows: String(result.rowsRead),
      read_bytes: String(result.bytesRead),
      written_rows: '0',
      written_bytes: '0',
      total_rows_to_read: '0',
      result_rows: '0',
      result_bytes: String(bytes.byteLength),
      elapsed_ns: String(Math.round(result.elapsed * 1e9)),
    },
  };
}
