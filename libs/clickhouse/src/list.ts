import type { ClickHouseClient } from '@clickhouse/client';
import { camelCase, decodeCursor, encodeCursor, type Camel, type Page } from '@ocpp-gw/contracts';
import { z } from 'zod';
import { whileClickHouseAvailable } from './clickhouse.ts';

/** What a column gives. `text?`: an empty text is null; `number0`: NULL is 0. */
interface Kinds {
  text: string;
  'text?': string | null;
  number: number;
  'number?': number | null;
  number0: number;
  flag: boolean;
}

type Columns = Readonly<Record<string, keyof Kinds>>;

/** An item of the list: its columns in camelCase, and its times. */
export type ItemOf<Of extends Columns, Time extends string> = {
  [Column in keyof Of & string as Camel<Column>]: Kinds[Of[Column]];
} & { [Each in Time | 'recorded' as `${Each}At`]: Date };

export interface ListFilter {
  cpId: string;
  from?: Date;
  to?: Date;
  limit: number;
  cursor?: string;
}

/** An SQL condition and the values of its parameters. */
export type Condition = readonly [sql: string, values: Record<string, unknown>];

/** Unix milliseconds in the range of ClickHouse, 1900 to 2299. */
const moment = z
  .int()
  .min(Date.UTC(1900, 0))
  .max(Date.UTC(2300, 0) - 1);

/** The columns that may order a list after its time: their types, and what a cursor may hold of them. */
const ORDER = {
  event_id: ['UUID', z.uuid()],
  number: ['UInt32', z.int().min(0).max(4_294_967_295)],
  sample_no: ['UInt16', z.int().min(0).max(65_535)],
} as const;

export interface Query {
  query: string;
  params: Record<string, unknown>;
}

/** A table of events, listed newest first. */
export class List<const Of extends Columns, Time extends string> {
  private readonly columns: readonly (readonly [column: string, key: string, kind: keyof Kinds])[];
  private readonly position: z.ZodType<(number | string)[]>;
  private readonly table: string;
  private readonly time: Time;
  private readonly order: readonly (keyof Of & keyof typeof ORDER)[];

  /** `time`: its column without `_at`; `order` orders events of one time. */
  constructor(table: string, columns: Of, time: Time, order: readonly (keyof Of & keyof typeof ORDER)[]) {
    this.table = table;
    this.time = time;
    this.order = order;
    this.columns = Object.entries(columns).map(([column, kind]) => [column, camelCase(column), kind]);
    const key: [z.ZodType<number>, ...z.ZodType<number | string>[]] = [moment, ...order.map((each) => ORDER[each][1])];
    this.position = z.tuple(key);
  }

  /** The query for one page. It reads one row more, to see whether another page follows. @throws InvalidCursorError */
  query(filter: ListFilter, conditions: readonly Condition[] = []): Query {
    const { time, order } = this;
    const all = [...this.conditionsOf(filter), ...conditions];
    // FINAL removes the copy of an event that Kafka delivered twice and that ClickHouse has not merged yet.
    const query = `
    SELECT toUnixTimestamp64Milli(${time}_at) AS ${time}_ms, toUnixTimestamp64Milli(recorded_at) AS recorded_ms,
           ${this.columns.map(([column]) => column).join(', ')}
    FROM ${this.table} FINAL
    WHERE ${all.map(([sql]) => sql).join(' AND ')}
    ORDER BY ${[`${time}_at`, ...order].map((column) => `${column} DESC`).join(', ')}
    LIMIT {rows:UInt32}`;
    return { query, params: Object.assign({ rows: filter.limit + 1 }, ...all.map(([, values]) => values)) };
  }

  private conditionsOf({ cpId, from, to, cursor }: ListFilter): Condition[] {
    const { time, order } = this;
    const conditions: Condition[] = [['cp_id = {cp_id:String}', { cp_id: cpId }]];
    if (from) conditions.push([`${time}_at >= fromUnixTimestamp64Milli({from:Int64})`, { from: from.getTime() }]);
    if (to) conditions.push([`${time}_at < fromUnixTimestamp64Milli({to:Int64})`, { to: to.getTime() }]);
    if (cursor === undefined) return conditions;
    const [at, ...after] = decodeCursor(cursor, (held) => this.position.parse(held));
    const values = order.map((column) => `{after_${column}:${ORDER[column][0]}}`).join(', ');
    return [
      ...conditions,
      [
        `(${time}_at, ${order.join(', ')}) < (fromUnixTimestamp64Milli({after_at:Int64}), ${values})`,
        { after_at: at, ...Object.fromEntries(order.map((column, index) => [`after_${column}`, after[index]])) },
      ],
    ];
  }

  /** Runs the query of {@link query} and makes a page of its rows. @throws ClickHouseUnavailableError */
  async page(
    client: ClickHouseClient,
    { query, params }: Query,
    { limit }: ListFilter,
  ): Promise<Page<ItemOf<Of, Time>>> {
    const rows = await whileClickHouseAvailable(async () => {
      const result = await client.query({ query, query_params: params, format: 'JSONEachRow' });
      return result.json<Row>();
    });
    const last = rows[limit - 1];
    const key = last && [Number(last[`${this.time}_ms`]), ...this.order.map((column) => last[column] as string)];
    const nextCursor = key && rows.length > limit ? encodeCursor(key) : null;
    return { items: rows.slice(0, limit).map((row) => this.itemOf(row)), nextCursor };
  }

  private itemOf(row: Row): ItemOf<Of, Time> {
    const timeOf = (time: string): [string, Date] => [`${time}At`, new Date(Number(row[`${time}_ms`]))];
    const values = this.columns.map(([column, key, kind]): [string, unknown] => [key, valueOf(row[column], kind)]);
    return Object.fromEntries([timeOf(this.time), timeOf('recorded'), ...values]) as ItemOf<Of, Time>;
  }
}

type Row = Record<string, unknown>;

function valueOf(value: unknown, kind: keyof Kinds): unknown {
  if (kind === 'text?') return value || null;
  return kind === 'number0' ? (value ?? 0) : value;
}
