import type { ClickHouseClient } from '@clickhouse/client';
import { whileClickHouseAvailable } from './clickhouse.ts';
import { decodeCursor, encodeCursor, meterValuePosition, type Page } from './cursor.ts';

export interface MeterValueFilter {
  cpId: string;
  from?: Date;
  to?: Date;
  measurand?: string;
  transactionId?: string;
  limit: number;
  cursor?: string;
}

/** One sampled value, as it is stored in `meter_samples`. */
export interface MeterValue {
  eventId: string;
  sampleNo: number;
  sampledAt: Date;
  recordedAt: Date;
  protocol: string;
  evseId: number;
  connectorId: number;
  transactionId: string | null;
  measurand: string;
  phase: string | null;
  location: string | null;
  context: string | null;
  format: string | null;
  value: number | null;
  unit: string;
  rawValue: string;
  rawUnit: string | null;
  unitAssumed: boolean;
  signed: boolean;
}

interface Row {
  event_id: string;
  sample_no: number;
  sampled_ms: string | number;
  recorded_ms: string | number;
  protocol: string;
  evse_id: number;
  connector_id: number;
  transaction_id: string;
  measurand: string;
  phase: string;
  location: string;
  context: string;
  format: string;
  value: number | null;
  unit: string;
  raw_value: string;
  raw_unit: string;
  unit_assumed: boolean;
  signed: boolean;
}

/** Reads meter values, newest first. */
export class MeterValues {
  private readonly client: ClickHouseClient;

  constructor(client: ClickHouseClient) {
    this.client = client;
  }

  async list(filter: MeterValueFilter): Promise<Page<MeterValue>> {
    const { query, params } = meterValueQuery(filter);
    const rows = await whileClickHouseAvailable(() => this.rows(query, params));
    const items = rows.slice(0, filter.limit).map(toMeterValue);
    const last = items.at(-1);
    const more = rows.length > filter.limit && last !== undefined;
    return {
      items,
      nextCursor: more ? encodeCursor([last.sampledAt.getTime(), last.eventId, last.sampleNo]) : null,
    };
  }

  private async rows(query: string, params: Record<string, unknown>): Promise<Row[]> {
    const result = await this.client.query({ query, query_params: params, format: 'JSONEachRow' });
    return result.json<Row>();
  }
}

/** The query for one page. It reads one row more, to see whether another page follows. */
export function meterValueQuery(filter: MeterValueFilter): { query: string; params: Record<string, unknown> } {
  const where = ['cp_id = {cp_id:String}'];
  const params: Record<string, unknown> = { cp_id: filter.cpId, rows: filter.limit + 1 };
  const condition = (sql: string, values: Record<string, unknown>): void => {
    where.push(sql);
    Object.assign(params, values);
  };
  if (filter.from) condition('sampled_at >= fromUnixTimestamp64Milli({from:Int64})', { from: filter.from.getTime() });
  if (filter.to) condition('sampled_at < fromUnixTimestamp64Milli({to:Int64})', { to: filter.to.getTime() });
  if (filter.measurand !== undefined) condition('measurand = {measurand:String}', { measurand: filter.measurand });
  if (filter.transactionId !== undefined)
    condition('transaction_id = {transaction_id:String}', { transaction_id: filter.transactionId });
  if (filter.cursor !== undefined) {
    const [at, event, sample] = decodeCursor(filter.cursor, meterValuePosition);
    condition(
      '(sampled_at, event_id, sample_no) < (fromUnixTimestamp64Milli({after_at:Int64}), {after_event:UUID}, {after_sample:UInt16})',
      { after_at: at, after_event: event, after_sample: sample },
    );
  }
  // FINAL removes the copy of a sample that Kafka delivered twice and that ClickHouse has not merged yet.
  const query = `
    SELECT event_id, sample_no, toUnixTimestamp64Milli(sampled_at) AS sampled_ms,
           toUnixTimestamp64Milli(recorded_at) AS recorded_ms, protocol, evse_id, connector_id, transaction_id,
           measurand, phase, location, context, format, value, unit, raw_value, raw_unit,
           unit_assumed, signed
    FROM meter_samples FINAL
    WHERE ${where.join(' AND ')}
    ORDER BY sampled_at DESC, event_id DESC, sample_no DESC
    LIMIT {rows:UInt32}`;
  return { query, params };
}

function toMeterValue(row: Row): MeterValue {
  return {
    eventId: row.event_id,
    sampleNo: row.sample_no,
    sampledAt: new Date(Number(row.sampled_ms)),
    recordedAt: new Date(Number(row.recorded_ms)),
    protocol: row.protocol,
    evseId: row.evse_id,
    connectorId: row.connector_id,
    transactionId: row.transaction_id || null,
    measurand: row.measurand,
    phase: row.phase || null,
    location: row.location || null,
    context: row.context || null,
    format: row.format || null,
    value: row.value,
    unit: row.unit,
    rawValue: row.raw_value,
    rawUnit: row.raw_unit || null,
    unitAssumed: row.unit_assumed,
    signed: row.signed,
  };
}
