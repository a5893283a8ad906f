import type { ClickHouseClient } from '@clickhouse/client';

/** 12 readings of four values a session, one each five minutes. */
const READINGS = 12;
const READING_EVERY_S = 300;
const WH_OF_READING = 900;
const SESSION_WH = (READINGS - 1) * WH_OF_READING;
const MEASURANDS = [
  ['Energy.Active.Import.Register', 'Wh', ''],
  ['Power.Active.Import', 'W', ''],
  ['SoC', 'Percent', ''],
  ['Current.Import', 'A', 'L1'],
] as const;
const SAMPLES_OF_SESSION = READINGS * MEASURANDS.length;
/** A charger has a session every three or four days: 10,000 of them have a hundred million samples. */
const SAMPLES_OF_CHARGER = 10_000;
/** Each charger connects anew every third day. */
const CONNECTS_EVERY_DAYS = 3;
/** One of so many chargers was registered and never came. */
const NEVER_SEEN_EVERY = 100;

export interface Dataset {
  samples: number;
  chargers: number;
  days: number;
  /** Midnight, UTC, of the first day. */
  from: Date;
}

/** before: the tables by month of when a row was recorded. now: those of this build, which has more of them. */
export type Layout = 'before' | 'now';

/** The facts of an average session: what a question about one of them names. */
export function sessionIn(day: number, dataset: Dataset): { cpId: string; transactionId: string } {
  const number = Math.floor((sessionsOf(dataset) * (day + 0.5)) / dataset.days);
  return { cpId: `CP-${number % dataset.chargers}`, transactionId: String(number) };
}

export const chargersOf = (samples: number): number => Math.max(1, Math.floor(samples / SAMPLES_OF_CHARGER));

const sessionsOf = ({ samples, days }: Dataset): number => Math.max(days, Math.floor(samples / SAMPLES_OF_SESSION));

/** Fills the tables as an ingestor would: in the order of time, all chargers beside each other. The views at insert do the rest. */
export async function fill(
  client: ClickHouseClient,
  layout: Layout,
  dataset: Dataset,
  say: (what: string) => void,
): Promise<void> {
  const sessions = sessionsOf(dataset);
  const weeks = Math.ceil(dataset.days / 7);
  const step = Math.ceil(sessions / weeks);
  const run = async (queries: readonly string[]): Promise<void> => {
    for (const query of queries) await client.command({ query });
  };
  await run(stations(layout, dataset));
  for (let week = 0; week < weeks; week += 1) {
    const first = week * step;
    const last = Math.min(first + step, sessions);
    if (last > first) await run(ofSessions(layout, dataset, sessions, first, last));
    await run(connections(dataset, week));
    if (week % 20 === 0) say(`${Math.round((100 * last) / sessions)} % of the sessions`);
  }
}

/** Statements for the sessions with the numbers from `first` to before `last`. The number of a session says its charger and time. */
function ofSessions(
  layout: Layout,
  { chargers, days, from }: Dataset,
  sessions: number,
  first: number,
  last: number,
): string[] {
  const startS = from.getTime() / 1000;
  const of = (rows: number): string =>
    `FROM (SELECT ${first} + intDiv(number, ${rows}) AS session, number % ${rows} AS part,
       concat('CP-', toString(session % ${chargers})) AS cp,
       toDateTime64(${startS} + session * ${(days * 86_400) / sessions}, 3, 'UTC') AS start
     FROM numbers(${(last - first) * rows}))`;
  const list = (index: number): string => MEASURANDS.map((row) => `'${row[index] ?? ''}'`).join(', ');
  const chosen = `part % ${MEASURANDS.length} + 1`;
  const flags = "if(session % 50 = 0, ['clock_skew'], []) AS flags";
  const facts =
    layout === 'now'
      ? { columns: ', first_heard_at, energy_number, quality', values: `, start, ${READINGS - 1}, ${flags}` }
      : undefined;
  const queries = [
    `INSERT INTO meter_samples (event_id, sample_no, cp_id, protocol, event_type, evse_id, connector_id, transaction_id, sampled_at,
       recorded_at, pod, measurand, phase, location, context, format, value, unit, raw_value, raw_unit)
     SELECT reinterpretAsUUID(toUInt128(session) * 65536 + intDiv(part, ${MEASURANDS.length})), part % ${MEASURANDS.length}, cp, 'ocpp1.6', 'cp.meter', 1, 1,
       toString(session), start + intDiv(part, ${MEASURANDS.length}) * ${READING_EVERY_S} AS at, at + 1, 'edge-0', [${list(0)}][${chosen}],
       [${list(2)}][${chosen}], 'Outlet', 'Sample.Periodic', 'Raw', session % 1000 * 10 + intDiv(part, ${MEASURANDS.length}) * ${WH_OF_READING} AS read,
       [${list(1)}][${chosen}], toString(read), [${list(1)}][${chosen}] ${of(SAMPLES_OF_SESSION)}`,
    `INSERT INTO transaction_events (event_id, cp_id, protocol, event_type, transaction_id, occurred_at, recorded_at, pod, evse_id,
       connector_id, id_token, meter_start_wh, meter_stop_wh, energy_wh, started_at, stop_reason, revision${facts?.columns ?? ''})
     SELECT reinterpretAsUUID(toUInt128(session) * 65536 + 1000 + part), cp, 'ocpp1.6', ['tx.started', 'tx.updated', 'tx.ended'][part + 1], toString(session),
       start + part * 1800 AS at, at + 1, 'edge-0', 1, 1, concat('TAG-', toString(session % 50000)), session % 1000 * 10,
       if(part = 2, session % 1000 * 10 + ${SESSION_WH}, NULL), if(part = 2, ${SESSION_WH}, NULL), if(part > 0, start, NULL), if(part = 2, 'EVDisconnected', ''),
       part + 1${facts?.values ?? ''} ${of(3)}`,
    `INSERT INTO connector_status (event_id, cp_id, protocol, occurred_at, recorded_at, pod, evse_id, connector_id, status, error_code)
     SELECT reinterpretAsUUID(toUInt128(session) * 65536 + 2000 + part), cp, 'ocpp1.6', start + part * 1200 AS at, at + 1, 'edge-0', 1, 1,
       if(session % 97 = 0 AND part = 3, 'Faulted', ['Preparing', 'Charging', 'Finishing', 'Available'][part + 1]), 'NoError' ${of(4)}`,
  ];
  if (facts)
    queries.push(
      `INSERT INTO energy_intervals (cp_id, transaction_id, number, revision, protocol, evse_id, connector_id, first_heard_at, from_at, from_wh,
         to_at, to_wh, billed_wh, reached_at, event_id, event_type, recorded_at, pod)
       SELECT cp, toString(session), part + 1, 2, 'ocpp1.6', 1, 1, start, start + part * ${READING_EVERY_S}, part * ${WH_OF_READING},
         start + (part + 1) * ${READING_EVERY_S} AS to_at, (part + 1) * ${WH_OF_READING} AS to_wh, to_wh, to_at,
         reinterpretAsUUID(toUInt128(session) * 65536 + part + 1), 'cp.meter', to_at + 1, 'edge-0' ${of(READINGS - 1)}`,
    );
  return queries;
}

/** Every charger was registered, and all but a few booted once. */
function stations(layout: Layout, { chargers, from }: Dataset): string[] {
  const at = `toDateTime64(${from.getTime() / 1000}, 3, 'UTC')`;
  const queries = [
    `INSERT INTO boots (event_id, cp_id, protocol, occurred_at, recorded_at, pod, vendor, model, registration_status)
     SELECT generateUUIDv4(), concat('CP-', toString(number)), 'ocpp1.6', ${at}, ${at}, 'edge-0', 'Vendor', 'Model', 'Accepted'
     FROM numbers(${chargers}) WHERE number % ${NEVER_SEEN_EVERY} != 1`,
  ];
  if (layout === 'now')
    queries.push(
      `INSERT INTO charge_point_changes (event_id, cp_id, occurred_at, recorded_at, pod, registered_at)
       SELECT generateUUIDv4(), concat('CP-', toString(number)), ${at}, ${at}, 'api-0', ${at} FROM numbers(${chargers})`,
    );
  return queries;
}

function connections({ chargers, days, from }: Dataset, week: number): string[] {
  const opened = Array.from({ length: Math.min(7, days - week * 7) }, (_, index) => week * 7 + index).filter(
    (day) => day % CONNECTS_EVERY_DAYS === 0 && day + CONNECTS_EVERY_DAYS <= days,
  );
  const lastsS = CONNECTS_EVERY_DAYS * 86_400 - 100;
  return [
    `INSERT INTO connections (event_id, cp_id, protocol, occurred_at, recorded_at, pod, connected, connection_id, close_code)
     SELECT reinterpretAsUUID((toUInt128(day) + 1) * 1000000000000000000 + number), concat('CP-', toString(intDiv(number, 2))), 'ocpp1.6',
       toDateTime64(${from.getTime() / 1000} + day * 86400 + number % 2 * ${lastsS}, 3, 'UTC') AS at, at, 'edge-0',
       number % 2 = 0, concat(toString(day), '-', toString(intDiv(number, 2))), if(number % 2 = 0, 0, 1006)
     FROM numbers(${chargers * 2}) ARRAY JOIN CAST([${opened.join(', ')}], 'Array(UInt32)') AS day`,
  ];
}
