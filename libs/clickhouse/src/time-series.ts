import type { ClickHouseClient } from '@clickhouse/client';
import { whileClickHouseAvailable } from './clickhouse.ts';

/** The lengths of a bucket, in seconds. Days are those of UTC. */
export const INTERVALS = { '15m': 900, hour: 3600, day: 86_400 } as const;
export type Interval = keyof typeof INTERVALS;

/** A period, its end excluded. */
export interface Period {
  from: Date;
  to: Date;
  interval: Interval;
}

interface Bucket {
  beginsAt: Date;
  endsAt: Date;
}

/** What the transactions of a charge point drew in one bucket. */
export interface EnergyBucket extends Bucket {
  energyWh: number;
  /** Of it, what is spread evenly because nothing says when it was drawn. */
  estimatedWh: number;
  transactions: number;
}

/** What one transaction drew in one bucket. */
export interface TransactionEnergyBucket extends Bucket {
  energyWh: number;
  meanPowerW: number;
  estimated: boolean;
}

/** What one register or sensor measured in one bucket. */
export interface MeterValueBucket extends Bucket {
  evseId: number;
  connectorId: number;
  measurand: string;
  phase: string | null;
  location: string | null;
  unit: string;
  min: number;
  max: number;
  mean: number;
  last: number;
  samples: number;
}

const TABLES: Record<Interval, string> = { '15m': 'energy_15min', hour: 'energy_hour', day: 'energy_day' };

/** The energy of each transaction in each bucket, as the views of energy show it. */
const parts = (interval: Interval): string => `
  SELECT transaction_id, bucket, (argMaxMerge(leaves) AS end).1 - argMaxMerge(enters) AS part_wh, end.2 AS estimated
  FROM ${TABLES[interval]}
  WHERE cp_id = {cp_id:String} AND bucket >= {from:DateTime} AND bucket < {to:DateTime}
  GROUP BY bucket, cp_id, transaction_id
  HAVING abs(part_wh) > 1e-6`;

/** Reads what was measured by time, oldest first. Buckets without a value are left out. */
export class TimeSeries {
  private readonly client: ClickHouseClient;

  constructor(client: ClickHouseClient) {
    this.client = client;
  }

  /** @throws ClickHouseUnavailableError */
  async energy(cpId: string, period: Period): Promise<EnergyBucket[]> {
    const rows = await this.rows<{ at: string; wh: number; estimated_wh: number; transactions: number }>(
      `SELECT toUnixTimestamp(bucket) AS at, sum(part_wh) AS wh, sumIf(part_wh, estimated) AS estimated_wh, uniqExactIf(transaction_id, part_wh > 0) AS transactions
       FROM (${parts(period.interval)}) GROUP BY bucket ORDER BY bucket`,
      { cp_id: cpId, ...bounds(period) },
    );
    return rows.map(({ at, wh, estimated_wh, transactions }) => ({
      ...bucket(at, period.interval),
      energyWh: exact(wh),
      estimatedWh: exact(estimated_wh),
      transactions: Number(transactions),
    }));
  }

  /** @throws ClickHouseUnavailableError */
  async energyOfTransaction(cpId: string, transactionId: string, period: Period): Promise<TransactionEnergyBucket[]> {
    const rows = await this.rows<{ at: string; wh: number; estimated: number }>(
      `SELECT toUnixTimestamp(bucket) AS at, part_wh AS wh, estimated FROM (${parts(period.interval)})
       WHERE transaction_id = {transaction_id:String} ORDER BY bucket`,
      { cp_id: cpId, transaction_id: transactionId, ...bounds(period) },
    );
    return rows.map(({ at, wh, estimated }) => ({
      ...bucket(at, period.interval),
      energyWh: exact(wh),
      meanPowerW: exact((wh * 3600) / INTERVALS[period.interval]),
      estimated: Boolean(estimated),
    }));
  }

  /** @throws ClickHouseUnavailableError */
  async meterValues(
    cpId: string,
    period: Period,
    { measurand, transactionId }: { measurand?: string | undefined; transactionId?: string | undefined } = {},
  ): Promise<MeterValueBucket[]> {
    const rows = await this.rows<Record<string, string | number>>(
      `SELECT toUnixTimestamp(toStartOfInterval(sampled_at, toIntervalSecond(${INTERVALS[period.interval]}), 'UTC')) AS at,
         evse_id, connector_id, measurand, phase, location, unit,
         min(value) AS low, max(value) AS high, avg(value) AS mean, argMax(value, (sampled_at, event_id, sample_no)) AS latest, count() AS samples
       FROM meter_samples FINAL
       WHERE cp_id = {cp_id:String} AND sampled_at >= {from:DateTime} AND sampled_at < {to:DateTime} AND value IS NOT NULL
         ${measurand === undefined ? '' : 'AND measurand = {measurand:String}'}
         ${transactionId === undefined ? '' : 'AND transaction_id = {transaction_id:String}'}
       GROUP BY at, evse_id, connector_id, measurand, phase, location, unit
       ORDER BY at, evse_id, connector_id, measurand, phase, location, unit`,
      { cp_id: cpId, measurand, transaction_id: transactionId, ...bounds(period) },
    );
    return rows.map((row) => ({
      ...bucket(row['at'] as string, period.interval),
      evseId: Number(row['evse_id']),
      connectorId: Number(row['connector_id']),
      measurand: String(row['measurand']),
      phase: String(row['phase']) || null,
      location: String(row['location']) || null,
      unit: String(row['unit']),
      min: Number(row['low']),
      max: Number(row['high']),
      mean: Number(row['mean']),
      last: Number(row['latest']),
      samples: Number(row['samples']),
    }));
  }

  private rows<T>(query: string, params: Record<string, unknown>): Promise<T[]> {
    return whileClickHouseAvailable(async () =>
      (await this.client.query({ query, query_params: params, format: 'JSONEachRow' })).json<T>(),
    );
  }
}

function bounds({ from, to }: Period): { from: number; to: number } {
  return { from: Math.floor(from.getTime() / 1000), to: Math.ceil(to.getTime() / 1000) };
}

function bucket(at: string | number, interval: Interval): Bucket {
  const begins = Number(at) * 1000;
  return { beginsAt: new Date(begins), endsAt: new Date(begins + INTERVALS[interval] * 1000) };
}

/** Without the dust of binary fractions. */
function exact(value: number): number {
  return Number(value.toFixed(4));
}
