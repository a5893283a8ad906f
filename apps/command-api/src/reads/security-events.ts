import type { ClickHouseClient } from '@clickhouse/client';
import type { Page } from '@ocpp-gw/persistence';
import { whileClickHouseAvailable } from './clickhouse.ts';
import { decodeCursor, encodeCursor, eventPosition } from './cursor.ts';

export interface SecurityEventFilter {
  cpId: string;
  from?: Date;
  to?: Date;
  type?: string;
  limit: number;
  cursor?: string;
}

/** One event, as apps/clickhouse-ingestor stores it in `security_events`. */
export interface SecurityEvent {
  eventId: string;
  occurredAt: Date;
  recordedAt: Date;
  protocol: string;
  type: string;
  techInfo: string | null;
}

interface Row {
  event_id: string;
  occurred_ms: string | number;
  recorded_ms: string | number;
  protocol: string;
  type: string;
  tech_info: string;
}

/** Security events, newest first. */
export class SecurityEvents {
  private readonly client: ClickHouseClient;

  constructor(client: ClickHouseClient) {
    this.client = client;
  }

  async list(filter: SecurityEventFilter): Promise<Page<SecurityEvent>> {
    const { query, params } = securityEventQuery(filter);
    const rows = await whileClickHouseAvailable(() => this.rows(query, params));
    const items = rows.slice(0, filter.limit).map(toSecurityEvent);
    const last = items.at(-1);
    const more = rows.length > filter.limit && last !== undefined;
    return { items, nextCursor: more ? encodeCursor([last.occurredAt.getTime(), last.eventId]) : null };
  }

  private async rows(query: string, params: Record<string, unknown>): Promise<Row[]> {
    const result = await this.client.query({ query, query_params: params, format: 'JSONEachRow' });
    return result.json<Row>();
  }
}

/** The query for one page and one row more, which tells whether another page follows. */
export function securityEventQuery(filter: SecurityEventFilter): { query: string; params: Record<string, unknown> } {
  const where = ['cp_id = {cp_id:String}'];
  const params: Record<string, unknown> = { cp_id: filter.cpId, rows: filter.limit + 1 };
  const condition = (sql: string, values: Record<string, unknown>): void => {
    where.push(sql);
    Object.assign(params, values);
  };
  if (filter.from) condition('occurred_at >= fromUnixTimestamp64Milli({from:Int64})', { from: filter.from.getTime() });
  if (filter.to) condition('occurred_at < fromUnixTimestamp64Milli({to:Int64})', { to: filter.to.getTime() });
  if (filter.type !== undefined) condition('type = {type:String}', { type: filter.type });
  if (filter.cursor !== undefined) {
    const [at, event] = decodeCursor(filter.cursor, eventPosition);
    condition('(occurred_at, event_id) < (fromUnixTimestamp64Milli({after_at:Int64}), {after_event:UUID})', {
      after_at: at,
      after_event: event,
    });
  }
  // FINAL: an event that Kafka delivered twice may not be merged away yet.
  const query = `
    SELECT event_id, toUnixTimestamp64Milli(occurred_at) AS occurred_ms,
           toUnixTimestamp64Milli(recorded_at) AS recorded_ms, protocol, type, tech_info
    FROM security_events FINAL
    WHERE ${where.join(' AND ')}
    ORDER BY occurred_at DESC, event_id DESC
    LIMIT {rows:UInt32}`;
  return { query, params };
}

function toSecurityEvent(row: Row): SecurityEvent {
  return {
    eventId: row.event_id,
    occurredAt: new Date(Number(row.occurred_ms)),
    recordedAt: new Date(Number(row.recorded_ms)),
    protocol: row.protocol,
    type: row.type,
    techInfo: row.tech_info || null,
  };
}
