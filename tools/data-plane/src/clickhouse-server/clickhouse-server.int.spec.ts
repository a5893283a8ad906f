import { randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';

import { ClickHouseError, ClickHouseLogLevel, createClient, type ClickHouseClient } from '@clickhouse/client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { startDataPlane, type DataPlane } from '../index.ts';

let plane: DataPlane;
let client: ClickHouseClient;

function connect(options: Parameters<typeof createClient>[0] = {}): ClickHouseClient {
  return createClient({ url: plane.clickhouseUrl, log: { level: ClickHouseLogLevel.OFF }, ...options });
}

async function rows<T>(query: string, query_params?: Record<string, unknown>): Promise<T[]> {
  const result = await client.query({ query, format: 'JSONEachRow', ...(query_params && { query_params }) });
  return result.json<T>();
}

async function createTable(columns: string, engine = 'MergeTree ORDER BY tuple()'): Promise<string> {
  const table = `t_${randomUUID().replaceAll('-', '')}`;
  await client.command({ query: `CREATE TABLE ${table} (${columns}) ENGINE = ${engine}` });
  return table;
}

async function post(path: string, body: Buffer | string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${plane.clickhouseUrl}${path}`, {
    method: 'POST',
    body: typeof body === 'string' ? body : new Uint8Array(body),
    headers,
  });
}

/** fetch() undoes compression; this does not. */
function rawGet(
  path: string,
  headers: Record<string, string>,
): Promise<{ encoding: string | undefined; body: Buffer }> {
  return new Promise((resolve, reject) => {
    httpRequest(`${plane.clickhouseUrl}${path}`, { headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ encoding: response.headers['content-encoding'], body: Buffer.concat(chunks) }),
      );
    })
      .on('error', reject)
      .end();
  });
}

beforeAll(async () => {
  plane = await startDataPlane({ name: 'clickhouse-spec', only: ['clickhouse'] });
  client = connect();
}, 90_000);

afterAll(async () => {
  await client.close();
  await plane.stop();
});

describe('the ClickHouse HTTP interface, to an unmodified client', () => {
  it('answers ping, with and without a query', async () => {
    expect(await client.ping()).toEqual({ success: true });
    expect(await client.ping({ select: true })).toEqual({ success: true });
  });

  it('echoes the query id', async () => {
    const query_id = randomUUID();
    const result = await client.query({ query: 'SELECT 1', query_id });
    result.close();
    expect(result.query_id).toBe(query_id);
    expect(result.response_headers['x-clickhouse-query-id']).toBe(query_id);
  });

  it('gives results in JSON with meta and statistics', async () => {
    const result = await (
      await client.query({ query: "SELECT toUInt8(7) AS n, 'ü' AS s", format: 'JSON' })
    ).json<{ n: number; s: string }>();
    expect(result.data).toEqual([{ n: 7, s: 'ü' }]);
    expect(result.meta).toEqual([
      { name: 'n', type: 'UInt8' },
      { name: 's', type: 'String' },
    ]);
    expect(result.rows).toBe(1);
  });

  it('substitutes typed parameters', async () => {
    const query_params = {
      text: `it's a "test" with \\ and \t and \n and {x:String} and ü`,
      list: ['a', "b'c", 'd\\e'],
      numbers: [1, 2, 3],
      nothing: null,
      when: new Date('2026-01-02T03:04:05.678Z'),
      flag: true,
      table: 'one',
    };
    const query = `SELECT {text:String} AS text, {list:Array(String)} AS list, {numbers:Array(UInt32)} AS numbers,
      {nothing:Nullable(String)} AS nothing, {when:DateTime64(3, 'UTC')} AS when, {flag:Bool} AS flag FROM system.{table:Identifier}`;
    expect(await rows(query, query_params)).toEqual(
      [{ ...query_params, table: undefined, when: '2026-01-02 03:04:05.678' }].map(({ table: _table, ...row }) => row),
    );
  });

  it('takes parameters too long for an address from a multipart form', async () => {
    const text = 'ü'.repeat(200_000);
    const result = await client.query({
      query: 'SELECT length({text:String}) AS n',
      query_params: { text },
      use_multipart_params: true,
      format: 'JSONEachRow',
    });
    expect(await result.json()).toEqual([{ n: 400000 }]);
  });

  it('applies settings to one request only', async () => {
    const read = async (clickhouse_settings?: Record<string, string | number>): Promise<unknown> => {
      const result = await client.query({
        query: "SELECT getSetting('max_block_size') AS n",
        format: 'JSONEachRow',
        ...(clickhouse_settings && { clickhouse_settings }),
      });
      return result.json();
    };
    const before = await read();
    expect(await read({ max_block_size: 1234 })).toEqual([{ n: 1234 }]);
    expect(await read()).toEqual(before);
  });

  it('selects the database of the client', async () => {
    await client.command({ query: 'CREATE DATABASE IF NOT EXISTS `my-db`' });
    const other = connect({ database: 'my-db' });
    try {
      const result = await other.query({ query: 'SELECT currentDatabase() AS d', format: 'JSONEachRow' });
      expect(await result.json()).toEqual([{ d: 'my-db' }]);
    } finally {
      await other.close();
    }
  });

  it('throws ClickHouseError with code and type', async () => {
    const faults: [string, string, string][] = [
      ['SELECT * FROM no_such_table', '60', 'UNKNOWN_TABLE'],
      ['SELEC 1', '62', 'SYNTAX_ERROR'],
      ['SELECT no_such_column', '47', 'UNKNOWN_IDENTIFIER'],
      ["SELECT toUInt8('x')", '6', 'CANNOT_PARSE_TEXT'],
      ['SELECT 1; SELECT 2', '62', 'SYNTAX_ERROR'],
      ['', '62', 'SYNTAX_ERROR'],
      ['SELECT {missing:String}', '456', 'UNKNOWN_QUERY_PARAMETER'],
    ];
    for (const [query, code, type] of faults) {
      const failure = await client.command({ query }).then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(failure).toBeInstanceOf(ClickHouseError);
      expect(failure).toMatchObject({ code, type });
    }
  });

  it('names an unknown setting and an unknown database', async () => {
    await expect(
      client.query({ query: 'SELECT 1', clickhouse_settings: { nonsense: 1 } as never }),
    ).rejects.toMatchObject({ code: '115' });
    const lost = connect({ database: 'nowhere' });
    await expect(lost.query({ query: 'SELECT 1' })).rejects.toMatchObject({ code: '81', type: 'UNKNOWN_DATABASE' });
    await lost.close();
  });

  it('answers an error with status, exception header and query id', async () => {
    const response = await post('/?query_id=abc', 'SELECT * FROM no_such_table');
    expect(response.status).toBe(404);
    expect(response.headers.get('x-clickhouse-exception-code')).toBe('60');
    expect(response.headers.get('x-clickhouse-query-id')).toBe('abc');
    expect(await response.text()).toMatch(/^Code: 60\. DB::Exception: .*\(UNKNOWN_TABLE\)\n$/s);
  });

  it('refuses changes by GET', async () => {
    const response = await fetch(
      `${plane.clickhouseUrl}/?query=${encodeURIComponent('CREATE TABLE g (a UInt8) ENGINE = Memory')}`,
    );
    expect(response.headers.get('x-clickhouse-exception-code')).toBe('164');
    await response.text();
  });

  it('keeps a session between requests, apart from others', async () => {
    const session_id = randomUUID();
    await client.command({ query: 'SET max_block_size = 4321', session_id });
    const result = await client.query({
      query: "SELECT getSetting('max_block_size') AS n",
      session_id,
      format: 'JSONEachRow',
    });
    expect(await result.json()).toEqual([{ n: 4321 }]);
    expect(await rows("SELECT getSetting('max_block_size') AS n")).not.toEqual([{ n: 4321 }]);
  });
});

describe('inserts', () => {
  it('takes rows as JSONEachRow, JSONCompactEachRow and JSONCompactEachRowWithNames', async () => {
    const table = await createTable(
      "id UInt32, s String, n Nullable(Float64) DEFAULT 5, m Map(String, String) DEFAULT map('a', 'b')",
    );
    const inserted = await client.insert({
      table,
      format: 'JSONEachRow',
      values: [
        { id: 1, s: 'a' },
        { id: 2, s: "b'\n\t\u0000ü", n: null, m: { k: 'v' } },
      ],
    });
    expect(inserted.executed).toBe(true);
    expect(inserted.summary).toMatchObject({ written_rows: '2' });
    await client.insert({ table, format: 'JSONCompactEachRow', columns: ['id', 's'], values: [[3, 'c']] });
    await client.insert({
      table,
      format: 'JSONCompactEachRowWithNames',
      values: [
        ['s', 'id'],
        ['d', 4],
      ],
    });
    expect(await rows(`SELECT * FROM ${table} ORDER BY id`)).toEqual([
      { id: 1, s: 'a', n: 5, m: { a: 'b' } },
      { id: 2, s: "b'\n\t\u0000ü", n: null, m: { k: 'v' } },
      { id: 3, s: 'c', n: 5, m: { a: 'b' } },
      { id: 4, s: 'd', n: 5, m: { a: 'b' } },
    ]);
  });

  it('takes CSV, TabSeparated and streams', async () => {
    const table = await createTable('id UInt32, s String');
    await client.insert({
      table,
      format: 'CSV',
      values: Readable.from(['1,"a;b"\n', '2,"c\nd"\n'], { objectMode: false }),
    });
    await client.insert({
      table,
      format: 'CSVWithNames',
      values: Readable.from(['s,id\n', 'x,3\n'], { objectMode: false }),
    });
    await client.insert({
      table,
      format: 'TabSeparated',
      values: Readable.from(['4\ty\\tz\n'], { objectMode: false }),
    });
    await client.insert({
      table,
      format: 'JSONEachRow',
      values: Readable.from([{ id: 5, s: 'stream' }], { objectMode: true }),
    });
    expect(await rows(`SELECT * FROM ${table} ORDER BY id`)).toEqual([
      { id: 1, s: 'a;b' },
      { id: 2, s: 'c\nd' },
      { id: 3, s: 'x' },
      { id: 4, s: 'y\tz' },
      { id: 5, s: 'stream' },
    ]);
  });

  it('takes RowBinary, byte for byte', async () => {
    const table = await createTable('id UInt8, s String');
    const all = Buffer.from(Array.from({ length: 127 }, (_, index) => [index, 1, index + 129]).flat());
    // A first row that begins with a newline, a last one that ends in a NUL.
    const edges = Buffer.from([10, 2, 10, 32, 59, 1, 0]);
    for (const values of [all, edges]) {
      const result = await client.exec({
        query: `INSERT INTO ${table} (id, s) FORMAT RowBinary`,
        values: Readable.from([values], { objectMode: false }),
      });
      result.stream.resume();
    }
    expect(
      await rows(
        `SELECT count() AS n, sum(id = 10 AND s = '\\n ') AS a, sum(id = 59 AND s = '\\0') AS b FROM ${table}`,
      ),
    ).toEqual([{ n: 129, a: 1, b: 1 }]);
    expect(
      await rows(`SELECT groupBitXor(cityHash64(id, hex(s))) = (SELECT groupBitXor(cityHash64(toUInt8(number), hex(char(number + 129)))) FROM numbers(127)) AS same
      FROM ${table} WHERE NOT (id = 10 AND length(s) = 2) AND NOT (id = 59 AND s = '\\0')`),
    ).toEqual([{ same: 1 }]);
  });

  it('takes RowBinaryWithNames and RowBinaryWithNamesAndTypes, and returns them', async () => {
    const table = await createTable('id UInt8, s String');
    const text = (value: string): number[] => [value.length, ...Buffer.from(value)];
    const names = Buffer.from([2, ...text('s'), ...text('id'), ...text('x'), 1]);
    const types = Buffer.from([2, ...text('id'), ...text('s'), ...text('UInt8'), ...text('String'), 2, ...text('y')]);
    expect((await post(`/?query=INSERT INTO ${table} FORMAT RowBinaryWithNames`, names)).status).toBe(200);
    expect((await post(`/?query=INSERT INTO ${table} FORMAT RowBinaryWithNamesAndTypes`, types)).status).toBe(200);
    const back = await post('/', `SELECT * FROM ${table} ORDER BY id FORMAT RowBinary`);
    expect(back.headers.get('content-type')).toBe('application/octet-stream');
    expect(Buffer.from(await back.arrayBuffer())).toEqual(Buffer.from([1, ...text('x'), 2, ...text('y')]));
  });

  it('takes a statement with its data in one body', async () => {
    const table = await createTable('id UInt32, s String');
    await post('/', `INSERT INTO ${table} VALUES (1, 'a;b'), (2, 'c')`);
    const many = Array.from({ length: 40_000 }, (_, index) => `(${index + 1000}, 'row')`).join(', ');
    await post('/', `INSERT INTO ${table} VALUES ${many}`);
    await client.command({ query: `ALTER TABLE ${table} DELETE WHERE id >= 1000 SETTINGS mutations_sync = 1` });
    await post('/', `INSERT INTO ${table} FORMAT JSONEachRow\n{"id": 3, "s": "FORMAT CSV; d"}\n`);
    await post(`/?query=INSERT INTO ${table} VALUES`, "(4, 'e')");
    await post(
      `/?query=INSERT INTO ${table} SELECT id, s FROM input('id UInt32, s String') FORMAT JSONEachRow`,
      '{"id": 5, "s": "f"}',
    );
    expect(await rows(`SELECT * FROM ${table} ORDER BY id`)).toEqual([
      { id: 1, s: 'a;b' },
      { id: 2, s: 'c' },
      { id: 3, s: 'FORMAT CSV; d' },
      { id: 4, s: 'e' },
      { id: 5, s: 'f' },
    ]);
  });

  it('selects from its data with input()', async () => {
    const table = await createTable('id UInt32, s String');
    const statement = `INSERT INTO ${table} SELECT id + 1, upper(s) FROM input('id UInt32, s String') WHERE id > 1 FORMAT RowBinary`;
    const query = encodeURIComponent(statement);
    expect((await post(`/?query=${query}`, Buffer.from([1, 0, 0, 0, 1, 97, 2, 0, 0, 0, 1, 98]))).status).toBe(200);
    expect(await rows(`SELECT * FROM ${table}`)).toEqual([{ id: 3, s: 'B' }]);
  });

  it('applies settings of the request and of the statement', async () => {
    const table = await createTable("at DateTime64(3, 'UTC'), id UInt32");
    const values = [{ at: '2026-01-02T03:04:05.678Z', id: 1, extra: 'x' }];
    const clickhouse_settings = {
      date_time_input_format: 'best_effort',
      input_format_skip_unknown_fields: 1,
      async_insert: 1,
      wait_for_async_insert: 1,
    } as const;
    await client.insert({ table, values, format: 'JSONEachRow', clickhouse_settings });
    await expect(
      client.insert({
        table,
        values,
        format: 'JSONEachRow',
        clickhouse_settings: { input_format_skip_unknown_fields: 0 },
      }),
    ).rejects.toMatchObject({ code: '117' });
    const statement = `INSERT INTO ${table} SETTINGS input_format_skip_unknown_fields = 1, date_time_input_format = 'best_effort' FORMAT JSONEachRow`;
    expect((await post(`/?query=${statement}`, JSON.stringify(values[0]))).status).toBe(200);
    expect(await rows(`SELECT * FROM ${table}`)).toEqual([
      { at: '2026-01-02 03:04:05.678', id: 1 },
      { at: '2026-01-02 03:04:05.678', id: 1 },
    ]);
  });

  it('inserts nothing of a batch that has a bad row', async () => {
    const table = await createTable('id UInt32');
    const values = [{ id: 1 }, { id: 'x' }];
    await expect(client.insert({ table, values, format: 'JSONEachRow' })).rejects.toBeInstanceOf(ClickHouseError);
    expect(await rows(`SELECT count() AS n FROM ${table}`)).toEqual([{ n: 0 }]);
  });

  it('compresses in both directions', async () => {
    const compressed = connect({ compression: { request: true, response: true } });
    const table = await createTable('id UInt32, s String');
    await compressed.insert({ table, format: 'JSONEachRow', values: [{ id: 1, s: 'gzip'.repeat(1000) }] });
    const result = await compressed.query({ query: `SELECT * FROM ${table}`, format: 'JSONEachRow' });
    expect(await result.json()).toEqual([{ id: 1, s: 'gzip'.repeat(1000) }]);
    await compressed.close();
    await post(`/?query=INSERT INTO ${table} FORMAT RowBinary`, gzipSync(Buffer.from([2, 0, 0, 0, 1, 255])), {
      'Content-Encoding': 'gzip',
    });
    expect(await rows(`SELECT hex(s) AS s FROM ${table} WHERE id = 2`)).toEqual([{ s: 'FF' }]);
  });

  it('sends a compressed answer to who asks for it, plain to others', async () => {
    const path = '/?enable_http_compression=1&query=SELECT%201';
    const packed = await rawGet(path, { 'Accept-Encoding': 'gzip' });
    expect(packed.encoding).toBe('gzip');
    expect(packed.body.subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]));
    expect(await rawGet('/?query=SELECT%201', { 'Accept-Encoding': 'gzip' })).toEqual({
      encoding: undefined,
      body: Buffer.from('1\n'),
    });
  });

  it('inserts 50 000 rows in one request, and ReplacingMergeTree keeps the newest of each key', async () => {
    const table = await createTable('id UInt32, v UInt32, s String', 'ReplacingMergeTree(v) ORDER BY id');
    const batch = (v: number): object[] => Array.from({ length: 50_000 }, (_, id) => ({ id, v, s: `row ${id}` }));
    await client.insert({ table, values: batch(1), format: 'JSONEachRow' });
    await client.insert({ table, values: batch(2), format: 'JSONEachRow' });
    expect(await rows(`SELECT count() AS n, min(v) AS v FROM ${table} FINAL`)).toEqual([{ n: 50000, v: 2 }]);
  });

  it('feeds materialized views, and has partitions and a TTL', async () => {
    const table = await createTable(
      "at DateTime64(3, 'UTC'), cp String",
      'MergeTree PARTITION BY toYYYYMM(at) ORDER BY (cp, at) TTL toDateTime(at) + INTERVAL 1000 DAY',
    );
    await client.command({
      query: `CREATE MATERIALIZED VIEW ${table}_mv ENGINE = SummingMergeTree ORDER BY cp AS SELECT cp, count() AS n FROM ${table} GROUP BY cp`,
    });
    await client.insert({
      table,
      format: 'JSONEachRow',
      values: [
        { at: '2026-01-01 00:00:00', cp: 'a' },
        { at: '2026-02-01 00:00:00', cp: 'a' },
      ],
    });
    expect(await rows(`SELECT cp, sum(n) AS n FROM ${table}_mv GROUP BY cp`)).toEqual([{ cp: 'a', n: 2 }]);
    expect(await rows(`SELECT uniq(partition) AS n FROM system.parts WHERE table = '${table}' AND active`)).toEqual([
      { n: 2 },
    ]);
  });
});

describe('under load and faults', () => {
  it('runs queries side by side without mixing their parameters', async () => {
    const table = await createTable('id UInt32');
    const answers = await Promise.all(
      Array.from({ length: 60 }, async (_, id) => {
        if (id % 4 === 0) await client.insert({ table, values: [{ id }], format: 'JSONEachRow' });
        return rows<{ p: number }>('SELECT {p:UInt32} AS p, sleepEachRow(0.01)', { p: id });
      }),
    );
    expect(answers.map(([row]) => row?.p)).toEqual(Array.from({ length: 60 }, (_, id) => id));
    expect(await rows(`SELECT count() AS n FROM ${table}`)).toEqual([{ n: 15 }]);
  });

  it('answers ping and other queries while a query runs long', async () => {
    let ended = false;
    const query = 'SELECT sleepEachRow(0.1) FROM numbers(25) FORMAT Null';
    const long = client.command({ query }).finally(() => (ended = true));
    expect(await client.ping()).toEqual({ success: true });
    expect(await rows('SELECT 1 AS n')).toEqual([{ n: 1 }]);
    expect(ended).toBe(false);
    await long;
  });

  it('keeps acknowledged rows over kill -9 and restart', async () => {
    const table = await createTable('id UInt32', 'ReplacingMergeTree ORDER BY id');
    for (let id = 0; id < 20; id++) await client.insert({ table, values: [{ id }], format: 'JSONEachRow' });
    const cut = client
      .insert({ table, values: Array.from({ length: 20_000 }, (_, id) => ({ id: id + 1000 })), format: 'JSONEachRow' })
      .catch(() => undefined);
    await plane.kill('clickhouse');
    await cut;
    expect(await client.ping()).toMatchObject({ success: false });
    await plane.start('clickhouse');
    expect(await rows(`SELECT count() AS n FROM ${table} FINAL WHERE id < 1000`)).toEqual([{ n: 20 }]);
  }, 60_000);
});
