import type { ClickHouseClient } from '@clickhouse/client';
import { whileClickHouseAvailable } from './clickhouse.ts';
import { decodeCursor, encodeCursor, eventPosition, type Page } from './cursor.ts';

export interface EventFilter {
  cpId: string;
  from?: Date;
  to?: Date;
  limit: number;
  cursor?: string;
}

/** The fields that every listed event has. */
export interface ListedEvent {
  eventId: string;
  occurredAt: Date;
  recordedAt: Date;
  protocol: string;
}

export interface EventRow {
  event_id: string;
  occurred_ms: string | number;
  recorded_ms: string | number;
  protocol: string;
}

/** An SQL condition and the values of its parameters. */
export type Condition = readonly [sql: string, values: Record<string, unknown>];

export interface EventQuery {
  query: string;
  params: Record<string, unknown>;
}

export function readEvent(row: EventRow): ListedEvent {
  return {
    eventId: row.event_id,
    occurredAt: new Date(Number(row.occurred_ms)),
    recordedAt: new Date(Number(row.recorded_ms)),
    protocol: row.protocol,
  };
}

/** The query for one page of an event table, newest first. It reads one row more, to see whether another page follows. */
export function eventQuery(
  table: string,
  columns: string,
  filter: EventFilter,
  conditions: readonly Condition[],
): EventQuery {
  const all = [...ofFilter(filter), ...conditions];
  // FINAL removes the copy of an event that Kafka delivered twice and that ClickHouse has not merged yet.
  const query = `
    SELECT event_id, toUnixTimestamp64Milli(occurred_at) AS occurred_ms,
           toUnixTimestamp64Milli(recorded_at) AS recorded_ms, protocol, ${columns}
    FROM ${table} FINAL
    WHERE ${all.map(([sql]) => sql).join(' AND ')}
    ORDER BY occurred_at DESC, event_id DESC
    LIMIT {rows:UInt32}`;
  return { query, params: Object.assign({ rows: filter.limit + 1 }, ...all.map(([, values]) => values)) };
}

function ofFilter({ cpId, from, to, cursor }: EventFilter): Condition[] {
  const conditions: Condition[] = [['cp_id = {cp_id:String}', { cp_id: cpId }]];
  if (from) conditions.push(['occurred_at >= fromUnixTimestamp64Milli({from:Int64})', { from: from.getTime() }]);
  if (to) conditions.push(['occurred_at < fromUnixTimestamp64Milli({to:Int64})', { to: to.getTime() }]);
  if (cursor === undefined) return conditions;
  const [at, event] = decodeCursor(cursor, eventPosition);
  return [
    ...conditions,
    [
      '(occurred_at, event_id) < (fromUnixTimestamp64Milli({after_at:Int64}), {after_event:UUID})',
      { after_at: at, after_event: event },
    ],
  ];
}

/** Runs the query of {@link eventQuery} and makes a page of its rows. @throws ClickHouseUnavailableError */
export async function eventPage<Row, Item extends ListedEvent>(
  client: ClickHouseClient,
  { query, params }: EventQuery,
  { limit }: EventFilter,
  read: (row: Row) => Item,
): Promise<Page<Item>> {
  const rows = await whileClickHouseAvailable(async () => {
    const result = await client.query({ query, query_params: params, format: 'JSONEachRow' });
    return result.json<Row>();
  });
  const items = rows.slice(0, limit).map(read);
  const last = items.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items, nextCursor: more ? encodeCursor([last.occurredAt.getTime(), last.eventId]) : null };
}
