import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { readQueryRequest, type QueryRequest } from './query-request.ts';
import { QueryRunner } from './query-runner.ts';

let incoming: string;
let statements: string[];
let inserted: Buffer | undefined;
let runner: QueryRunner;

beforeEach(async () => {
  incoming = await mkdtemp(join(tmpdir(), 'data-plane-runner-'));
  statements = [];
  inserted = undefined;
  const connection = {
    async queryAsync(sql: string) {
      statements.push(sql);
      const file = /INFILE '([^']+)'/.exec(sql)?.[1];
      if (file) inserted = await readFile(file);
      if (sql.includes('broken')) throw new Error('Code: 62. DB::Exception: Syntax error. (SYNTAX_ERROR)');
      const bytes = new TextEncoder().encode('answer');
      return {
        rowsRead: 2,
        bytesRead: 9,
        elapsed: 0.5,
        bytes: () => bytes,
        text: () => 'answer',
        json: <T>() => ({}) as T,
        toArrow: () => undefined,
      };
    },
  };
  runner = new QueryRunner({ use: (_request, work) => work(connection) }, incoming);
});

afterEach(async () => {
  await rm(incoming, { recursive: true });
});

function request(address: string, body: string | Buffer = '', method = 'POST'): QueryRequest {
  return readQueryRequest(method, new URLSearchParams(address), {}, Buffer.from(body));
}

describe('QueryRunner', () => {
  it('sets database, parameters and settings before the statement, and readonly last', async () => {
    const address = "database=my`db&param_x=it's \\t&max_threads=2&query=SELECT {x:String} FORMAT CSV";
    const outcome = await runner.run(request(address, '', 'GET'));
    expect(statements).toEqual([
      'USE `my\\`db`',
      "SET param_x = 'it\\'s \\\\t'",
      "SET max_threads = '2'",
      'SET readonly = 2',
      'SELECT {x:String} FORMAT CSV',
    ]);
    expect(outcome.body.toString()).toBe('answer');
    expect(outcome.format).toBe('CSV');
    expect(outcome.summary).toMatchObject({
      read_rows: '2',
      read_bytes: '9',
      written_rows: '0',
      elapsed_ns: '500000000',
    });
  });

  it('inserts through a file that is gone afterwards', async () => {
    const data = Buffer.from([0, 10, 255]);
    const outcome = await runner.run(request('query=INSERT INTO t FORMAT RowBinary', data));
    expect(statements[0]).toMatch(/^INSERT INTO t FROM INFILE '.*' +FORMAT RowBinary$/);
    expect(inserted).toEqual(data);
    expect(outcome.summary).toMatchObject({ written_rows: '2', written_bytes: '9' });
    await expect(runner.run(request('query=INSERT INTO broken FORMAT CSV', '1'))).rejects.toMatchObject({ code: 62 });
    expect(await readdir(incoming)).toEqual([]);
  });

  it('completes a query in the address with the body', async () => {
    await runner.run(request('query=INSERT INTO t VALUES', "(1, 'a')"));
    expect(statements).toEqual(["INSERT INTO t VALUES\n(1, 'a')"]);
  });

  it('refuses no query, two queries and names that are no settings', async () => {
    await expect(runner.run(request('', ' '))).rejects.toMatchObject({
      code: 62,
      message: expect.stringContaining('Empty query') as unknown,
    });
    await expect(runner.run(request('', 'SELECT 1; SELECT 2'))).rejects.toMatchObject({
      message: expect.stringContaining('position 11') as unknown,
    });
    await expect(runner.run(request('a%3B=1', 'SELECT 1'))).rejects.toMatchObject({ code: 115 });
    expect(statements).toEqual([]);
  });
});
