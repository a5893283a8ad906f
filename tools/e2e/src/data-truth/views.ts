import type { ClickHouseClient } from '@clickhouse/client';
import type { KeptTransaction } from '@ocpp-gw/charger-sim';

const ms = (column: string): string => `toFloat64(toUnixTimestamp64Milli(${column}))`;

/** A row of the view sessions; its times besides in milliseconds since 1970. */
export interface SessionRow extends KeptTransaction {
  protocol: string;
  started_ms: number;
  ended_ms: number | null;
  duration_seconds: number;
  stop_reason: string;
  quality: readonly string[];
  missing_seq_nos: readonly number[];
}

export interface IntervalRow {
  cp_id: string;
  transaction_id: string;
  /** Milliseconds since 1970. */
  at: number;
  energy_wh: number;
  estimated: boolean;
}

export interface BucketRow {
  cp_id: string;
  at: number;
  energy_wh: number;
  estimated_wh: number;
  transactions: number;
}

export interface PhaseRow {
  cp_id: string;
  transaction_id: string;
  phase: string | null;
  seconds: number;
}

export interface StateRow {
  cp_id: string;
  evse_id: number;
  connector_id: number;
  from: number;
  to: number;
  state: string;
  status: string;
}

/** Of a connector, by day. */
export interface AvailabilityRow {
  cp_id: string;
  evse_id: number;
  observed_seconds: number;
  available_seconds: number;
  occupied_seconds: number;
  unavailable_seconds: number;
  offline_seconds: number;
  unknown_seconds: number;
}

export const LOCAL_ZONE = 'Asia/Kolkata';
/** Of that zone, ahead of UTC. */
export const LOCAL_OFFSET_MS = 5.5 * 3_600_000;

const SESSION = `cp_id, transaction_id, station_transaction_id, state, ifNull(evse_id, 0) AS evse_id, ifNull(connector_id, 0) AS connector_id, nullIf(id_token, '') AS id_token,
  meter_start_wh, meter_stop_wh, energy_wh, nullIf(energy_reason, '') AS energy_reason, nullIf(end_inferred, '') AS end_inferred, nullIf(unassigned_reason, '') AS unassigned_reason`;

/** Every view of ClickHouse that is about sessions, energy, states or chargers, as one reads it. */
export type Views = Awaited<ReturnType<typeof readViews>>;

export async function readViews(client: ClickHouseClient, day: string) {
  const rows = async <Row>(query: string): Promise<Row[]> => {
    const format = { output_format_json_quote_64bit_integers: 0, prefer_column_name_to_alias: 1 } as const;
    return (await client.query({ query, format: 'JSONEachRow', clickhouse_settings: format })).json<Row>();
  };
  const days = `from_day = '${day}', to_day = '${day}'`;
  const bucket = 'energy_wh, estimated_wh, toUInt32(transactions) AS transactions';
  return {
    sessions: await rows<SessionRow>(
      `SELECT ${SESSION}, protocol, toString(started_at) AS started_at, ${ms('started_at')} AS started_ms, ${ms('ended_at')} AS ended_ms, duration_seconds, stop_reason, quality, missing_seq_nos
       FROM sessions ORDER BY cp_id, transaction_id`,
    ),
    endedSessions: await rows<KeptTransaction & { ended_ms: number }>(
      `SELECT ${SESSION.replace(' state,', " 'ended' AS state,")}, ${ms('ended_at')} AS ended_ms FROM ended_sessions FINAL ORDER BY cp_id, transaction_id`,
    ),
    intervals: await rows<IntervalRow>(
      'SELECT cp_id, transaction_id, toUnixTimestamp(begins_at) * 1000 AS at, energy_wh, estimated FROM interval_energy ORDER BY cp_id, transaction_id, at',
    ),
    published: await rows(
      `SELECT cp_id, transaction_id, number, ${ms('from_at')} AS from, from_wh, ${ms('to_at')} AS to, to_wh, quality FROM energy_intervals FINAL
       ORDER BY cp_id, transaction_id, number`,
    ),
    hours: await rows<BucketRow>(
      `SELECT cp_id, toUnixTimestamp(hour) * 1000 AS at, ${bucket} FROM energy_per_charger_hour ORDER BY cp_id, at`,
    ),
    days: await rows<BucketRow>(
      `SELECT cp_id, toUnixTimestamp(toDateTime(day, 'UTC')) * 1000 AS at, ${bucket} FROM energy_per_charger_day ORDER BY cp_id, at`,
    ),
    localDays: await rows<BucketRow>(
      `SELECT cp_id, toUnixTimestamp(toDateTime(day, 'UTC')) * 1000 AS at, ${bucket} FROM energy_per_local_day(time_zone = '${LOCAL_ZONE}') ORDER BY cp_id, at`,
    ),
    phases: await rows<PhaseRow>(
      'SELECT cp_id, transaction_id, phase, seconds FROM session_phases ORDER BY cp_id, transaction_id, phase',
    ),
    outsideBill: await rows<{ cp_id: string; transaction_id: string; value: number }>(
      'SELECT cp_id, transaction_id, value FROM samples_outside_bill ORDER BY cp_id, transaction_id, value',
    ),
    states: await rows<StateRow>(
      `SELECT cp_id, evse_id, connector_id, ${ms('from_at')} AS from, ${ms('to_at')} AS to, state, status
       FROM connector_states_between(${days}) ORDER BY cp_id, evse_id, connector_id, from`,
    ),
    availability: await rows<AvailabilityRow>(
      `SELECT cp_id, evse_id, sum(observed_seconds) AS observed_seconds, sum(available_seconds) AS available_seconds, sum(occupied_seconds) AS occupied_seconds,
         sum(unavailable_seconds) AS unavailable_seconds, sum(offline_seconds) AS offline_seconds, sum(unknown_seconds) AS unknown_seconds
       FROM connector_availability_between(${days}) GROUP BY cp_id, evse_id ORDER BY cp_id, evse_id`,
    ),
    lastStatus: await rows<{ cp_id: string; evse_id: number; connector_id: number; status: string }>(
      'SELECT cp_id, evse_id, connector_id, status FROM last_status ORDER BY cp_id, evse_id, connector_id',
    ),
    chargePoints: await rows<{ cp_id: string; protocol: string; vendor: string; model: string }>(
      'SELECT cp_id, protocol, vendor, model FROM charge_points ORDER BY cp_id',
    ),
    attempts: await rows<{ cp_id: string; attempts: number }>(
      `SELECT cp_id, toUInt32(count()) AS attempts FROM charge_attempts_between(${days}) GROUP BY cp_id ORDER BY cp_id`,
    ),
    visits: await rows<{ cp_id: string; attempts: number }>(
      `SELECT cp_id, toUInt32(sum(attempts)) AS attempts FROM visits_between(${days}) GROUP BY cp_id ORDER BY cp_id`,
    ),
  };
}
