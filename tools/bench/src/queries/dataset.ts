import type { ClickHouseClient } from '@clickhouse/client';

/** Two years. */
export const DAYS = 730;
/** 24 readings of six values a session. */
const READINGS = 24;
const MEASURANDS = [
  ['Energy.Active.Import.Register', 'Wh', ''],
  ['Power.Active.Import', 'W', ''],
  ['SoC', 'Percent', ''],
  ['Voltage', 'V', 'L1'],
  ['Current.Import', 'A', 'L1'],
  ['Temperature', 'Celsius', ''],
] as const;
const SAMPLES_OF_SESSION = READINGS * MEASURANDS.length;

export interface Dataset {
  samples: number;
  chargers: number;
  /** Midnight, UTC, of the first day. */
  from: Date;
}

/** The facts of an average session: what a question about one of them names. */
export function sessionIn(day: number, { samples, chargers }: Dataset): { cpId: string; transactionId: string } {
  const number = Math.floor((sessionsOf(samples) * (day + 0.5)) / DAYS);
  return { cpId: `CP-${number % chargers}`, transactionId: String(number) };
}

const sessionsOf = (samples: number): number => Math.max(DAYS, Math.floor(samples / SAMPLES_OF_SESSION));

/** Fills the four large tables as an ingestor would: in the order of time, all chargers beside each other. */
export async function fill(client: ClickHouseClient, dataset: Dataset, say: (what: string) => void): Promise<void> {
  const sessions = sessionsOf(dataset.samples);
  const step = Math.ceil(sessions / (DAYS / 7));
  for (let first = 0; first < sessions; first += step) {
    const last = Math.min(first + step, sessions);
    for (const query of inserts(dataset, sessions, first, last)) await client.command({ query });
    if (Math.floor(first / step) % 20 === 0) say(`${Math.round((100 * last) / sessions)} % of the sessions`);
  }
  for (const query of connections(dataset)) await client.command({ query });
}

/** Statements for the sessions with the numbers from `first` to before `last`. The number of a session tells its charger and time. */
function inserts({ chargers, from }: Dataset, sessions: number, first: number, last: number): string[] {
  const startS = from.getTime() / 1000;
  const of = (rows: number): string =>
    `FROM (SELECT ${first} + intDiv(number, ${rows}) AS session, number % ${rows} AS part,
       concat('CP-', toString(session % ${chargers})) AS cp,
       toDateTime64(${startS} + session * ${(DAYS * 86_400) / sessions}, 3, 'UTC') AS start
     FROM numbers(${(last - first) * rows}))`;
  const list = (index: number): string => MEASURANDS.map((row) => `'${row[index] ?? ''}'`).join(', ');
  const chosen = `part % ${MEASURANDS.length} + 1`;
  return [
    `INSERT INTO meter_samples (event_id, sample_no, cp_id, protocol, event_type, evse_id, connector_id, transaction_id, sampled_at,
       recorded_at, pod, measurand, phase, location, context, format, value, unit, raw_value, raw_unit)
     SELECT reinterpretAsUUID(toUInt128(session) * 65536 + intDiv(part, ${MEASURANDS.length})), part % ${MEASURANDS.length}, cp, 'ocpp1.6', 'cp.meter', 1, 1,
       toString(session), start + intDiv(part, ${MEASURANDS.length}) * 150 AS at, at + 1, 'edge-0', [${list(0)}][${chosen}],
       [${list(2)}][${chosen}], 'Outlet', 'Sample.Periodic', 'Raw', session % 1000 * 10 + intDiv(part, ${MEASURANDS.length}) * 450 AS read,
       [${list(1)}][${chosen}], toString(read), [${list(1)}][${chosen}] ${of(SAMPLES_OF_SESSION)}`,
    `INSERT INTO transaction_events (event_id, cp_id, protocol, event_type, transaction_id, occurred_at, recorded_at, pod, evse_id,
       connector_id, id_token, meter_start_wh, meter_stop_wh, energy_wh, started_at, stop_reason, revision)
     SELECT reinterpretAsUUID(toUInt128(session) * 65536 + 1000 + part), cp, 'ocpp1.6', ['tx.started', 'tx.updated', 'tx.ended'][part + 1], toString(session),
       start + part * 1800 AS at, at + 1, 'edge-0', 1, 1, concat('TAG-', toString(session % 50000)), session % 1000 * 10,
       if(part = 2, session % 1000 * 10 + 10350, NULL), if(part = 2, 10350, NULL), if(part > 0, start, NULL), if(part = 2, 'EVDisconnected', ''),
       part + 1 ${of(3)}`,
    `INSERT INTO connector_status (event_id, cp_id, protocol, occurred_at, recorded_at, pod, evse_id, connector_id, status, error_code)
     SELECT reinterpretAsUUID(toUInt128(session) * 65536 + 2000 + part), cp, 'ocpp1.6', start + part * 1200 AS at, at + 1, 'edge-0', 1, 1,
       if(session % 97 = 0 AND part = 3, 'Faulted', ['Preparing', 'Charging', 'Finishing', 'Available'][part + 1]), 'NoError' ${of(4)}`,
  ];
}

/** Each charger connects anew every third day. */
function connections({ chargers, from }: Dataset): string[] {
  const rows = chargers * Math.floor(DAYS / 3);
  return [
    `INSERT INTO connections (event_id, cp_id, protocol, occurred_at, recorded_at, pod, connected, connection_id, close_code)
     SELECT reinterpretAsUUID(toUInt128(number) * 65536 + toUInt64(3000)), concat('CP-', toString(intDiv(number, 2) % ${chargers})), 'ocpp1.6',
       toDateTime64(${from.getTime() / 1000} + intDiv(number, ${2 * chargers}) * 259200 + number % 2 * 259100, 3, 'UTC') AS at, at, 'edge-0',
       number % 2 = 0, toString(intDiv(number, 2)), if(number % 2 = 0, 0, 1006)
     FROM numbers(${rows * 2}) SETTINGS max_partitions_per_insert_block = 0`,
  ];
}
