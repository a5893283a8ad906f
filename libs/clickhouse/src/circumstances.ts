import type { ClickHouseClient } from '@clickhouse/client';
import { whileClickHouseAvailable } from './clickhouse.ts';

/** A period, of a charge point. */
export interface Window {
  cpId: string;
  from: Date;
  to: Date;
}

/** A connection, from handshake to close. */
export interface ConnectionSpan {
  connectionId: string;
  openedAt: Date;
  endedAt?: Date;
  reason?: string;
  closeCode?: number;
}

/** How often a field rule was met in messages of one action. */
export interface DeviationCount {
  rule: string;
  action: string;
  count: number;
  firstAt: Date;
  lastAt: Date;
}

/** An open and a close have the id of their connection; the open may be long before the period. */
const CONNECTIONS = `
  SELECT connection_id,
    toUnixTimestamp64Milli(min(if(connected, occurred_at, coalesce(began_at, occurred_at)))) AS opened_ms,
    countIf(NOT connected) > 0 AS ended,
    toUnixTimestamp64Milli(maxIf(occurred_at, NOT connected)) AS ended_ms,
    anyIf(reason, NOT connected) AS why,
    anyIf(close_code, NOT connected) AS code
  FROM connections FINAL
  WHERE cp_id = {cp_id:String} AND occurred_at >= fromUnixTimestamp64Milli({earliest:Int64}) AND occurred_at < fromUnixTimestamp64Milli({to:Int64})
  GROUP BY connection_id
  HAVING NOT ended OR ended_ms >= {from:Int64}
  ORDER BY opened_ms`;

const DEVIATIONS = `
  SELECT rule, action, toUInt32(sum(count)) AS times,
    toUnixTimestamp64Milli(min(first_at)) AS first_ms, toUnixTimestamp64Milli(max(last_at)) AS last_ms
  FROM field_deviations FINAL
  WHERE cp_id = {cp_id:String} AND occurred_at >= fromUnixTimestamp64Milli({from:Int64}) AND first_at < fromUnixTimestamp64Milli({to:Int64})
  GROUP BY rule, action ORDER BY first_ms`;

/** How long before the period an open connection may have begun. */
const EARLIER_MS = 30 * 86_400_000;

/** Reads what is known of a charge point beside its frames. */
export class Circumstances {
  private readonly client: ClickHouseClient;

  constructor(client: ClickHouseClient) {
    this.client = client;
  }

  /** In order of time. @throws ClickHouseUnavailableError */
  async connections(window: Window): Promise<ConnectionSpan[]> {
    const rows = await this.rows<{
      connection_id: string;
      opened_ms: string;
      ended: number | boolean;
      ended_ms: string;
      why: string;
      code: number | null;
    }>(CONNECTIONS, window);
    return rows.map(({ connection_id: connectionId, opened_ms, ended, ended_ms, why, code }) => ({
      connectionId,
      openedAt: new Date(Number(opened_ms)),
      ...(Boolean(ended) && {
        endedAt: new Date(Number(ended_ms)),
        reason: why,
        ...(code !== null && { closeCode: code }),
      }),
    }));
  }

  /** @throws ClickHouseUnavailableError */
  async deviations(window: Window): Promise<DeviationCount[]> {
    const rows = await this.rows<{ rule: string; action: string; times: number; first_ms: string; last_ms: string }>(
      DEVIATIONS,
      window,
    );
    return rows.map(({ rule, action, times, first_ms, last_ms }) => ({
      rule,
      action,
      count: times,
      firstAt: new Date(Number(first_ms)),
      lastAt: new Date(Number(last_ms)),
    }));
  }

  private rows<T>(query: string, { cpId, from, to }: Window): Promise<T[]> {
    const params = { cp_id: cpId, from: from.getTime(), to: to.getTime(), earliest: from.getTime() - EARLIER_MS };
    return whileClickHouseAvailable(async () =>
      (await this.client.query({ query, query_params: params, format: 'JSONEachRow' })).json<T>(),
    );
  }
}
