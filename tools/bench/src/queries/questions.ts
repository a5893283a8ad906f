/** Whom and when the questions are about. */
export interface Subject {
  cpId: string;
  transactionId: string;
  /** YYYY-MM-DD of the day, and of the one after. */
  day: string;
  dayAfter: string;
}

type Sql = (subject: Subject) => string;

export interface Question {
  name: string;
  /** Tables of facts whose rows it could have to read. */
  of: readonly string[];
  /** Absent where the layout of before had no answer. */
  before?: Sql;
  now: Sql;
}

const during = (column: string, { day, dayAfter }: Subject): string =>
  `${column} >= '${day}' AND ${column} < '${dayAfter}'`;

const both = (sql: Sql): { before: Sql; now: Sql } => ({ before: sql, now: sql });

const SAMPLES = ['meter_samples'];
const SESSIONS = ['transaction_events'];
const ENERGY = ['meter_samples', 'transaction_events'];
const STATES = ['connector_status', 'connections'];

/** The documented questions about one charger, one transaction, one day or now (README of libs/clickhouse, docs/data). */
export const QUESTIONS: readonly Question[] = [
  {
    name: 'samples of a charger, one day',
    of: SAMPLES,
    ...both(
      (s) =>
        `SELECT sampled_at, measurand, value FROM meter_samples FINAL WHERE cp_id = '${s.cpId}' AND ${during('sampled_at', s)}`,
    ),
  },
  {
    name: 'samples of a transaction of a charger',
    of: SAMPLES,
    ...both(
      (s) =>
        `SELECT sampled_at, measurand, value FROM meter_samples FINAL WHERE cp_id = '${s.cpId}' AND transaction_id = '${s.transactionId}'`,
    ),
  },
  {
    name: 'samples of a transaction by its id alone',
    of: SAMPLES,
    ...both(
      (s) =>
        `SELECT DISTINCT event_id, sample_no, sampled_at, measurand, value FROM meter_samples WHERE transaction_id = '${s.transactionId}'`,
    ),
  },
  {
    name: 'mean power of the fleet by hour, one day',
    of: SAMPLES,
    ...both(
      (s) =>
        `SELECT toStartOfHour(sampled_at) AS hour, avg(value) FROM meter_samples WHERE measurand = 'Power.Active.Import' AND ${during('sampled_at', s)} GROUP BY hour`,
    ),
  },
  {
    name: 'readings outside of the bill, one day',
    of: ENERGY,
    now: (s) =>
      `SELECT * FROM samples_outside_bill WHERE ${during('sampled_at', s)} AND first_heard_at >= toDateTime64('${s.day}', 3, 'UTC') - INTERVAL 7 DAY AND first_heard_at < '${s.dayAfter}'`,
  },
  {
    name: 'load curve of a charger, two years',
    of: ENERGY,
    ...both((s) => `SELECT hour, energy_wh FROM energy_per_charger_hour WHERE cp_id = '${s.cpId}'`),
  },
  {
    name: 'energy by charger, one day',
    of: ENERGY,
    before: (s) =>
      `SELECT cp_id, sum(energy_wh) FROM energy_per_charger_hour WHERE ${during('hour', s)} GROUP BY cp_id`,
    now: (s) => `SELECT cp_id, energy_wh FROM energy_per_charger_day WHERE day = '${s.day}'`,
  },
  {
    name: 'energy by charger, one local day',
    of: ENERGY,
    now: (s) => `SELECT cp_id, energy_wh FROM energy_per_local_day(time_zone = 'Asia/Kolkata') WHERE day = '${s.day}'`,
  },
  {
    name: 'energy by quarter of an hour, one day',
    of: ENERGY,
    now: (s) => `SELECT * FROM interval_energy WHERE ${during('begins_at', s)}`,
  },
  {
    name: 'sessions and energy of the fleet, one day',
    of: SESSIONS,
    before: (s) =>
      `SELECT count(), sum(energy_wh) FROM sessions WHERE state = 'ended' AND unassigned_reason = '' AND ${during('ended_at', s)}`,
    now: (s) =>
      `SELECT count(), sum(energy_wh) FROM ended_sessions FINAL WHERE unassigned_reason = '' AND ${during('ended_at', s)}`,
  },
  { name: 'sessions of a charger', of: SESSIONS, ...both((s) => `SELECT * FROM sessions WHERE cp_id = '${s.cpId}'`) },
  {
    name: 'a session by its id alone',
    of: SESSIONS,
    ...both((s) => `SELECT * FROM sessions WHERE transaction_id = '${s.transactionId}'`),
  },
  {
    name: 'sessions with a quality flag, one day',
    of: SESSIONS,
    now: (s) =>
      `SELECT cp_id, transaction_id, quality FROM sessions WHERE notEmpty(quality) AND ${during('first_heard_at', s)}`,
  },
  {
    name: 'idle time by session, one day',
    of: ['transaction_events', 'connector_status'],
    now: (s) =>
      `SELECT cp_id, transaction_id, seconds FROM session_phases_between(from_day = '${s.day}', to_day = '${s.day}') WHERE phase = 'idle'`,
  },
  {
    name: 'what is faulted now',
    of: ['connector_status'],
    ...both(() => `SELECT cp_id, evse_id, connector_id, status_at FROM last_status WHERE status = 'Faulted'`),
  },
  {
    name: 'latest status of a charger',
    of: ['connector_status'],
    ...both((s) => `SELECT * FROM last_status WHERE cp_id = '${s.cpId}'`),
  },
  {
    name: 'statuses of a charger, one day',
    of: ['connector_status'],
    ...both(
      (s) =>
        `SELECT occurred_at, status FROM connector_status FINAL WHERE cp_id = '${s.cpId}' AND ${during('occurred_at', s)}`,
    ),
  },
  {
    name: 'faults of the fleet, one day',
    of: ['connector_status'],
    ...both(
      (s) =>
        `SELECT cp_id, count() FROM connector_status WHERE status = 'Faulted' AND ${during('recorded_at', s)} GROUP BY cp_id`,
    ),
  },
  {
    name: 'lost connections of the fleet, one day',
    of: ['connections'],
    ...both(
      (s) =>
        `SELECT cp_id, count() FROM connections WHERE NOT connected AND ${during('occurred_at', s)} GROUP BY cp_id`,
    ),
  },
  {
    name: 'charge points never seen',
    of: STATES,
    now: () => `SELECT cp_id FROM charge_points WHERE last_boot_at IS NULL AND retired_at IS NULL`,
  },
  {
    name: 'availability, one day',
    of: STATES,
    before: (s) => `SELECT * FROM connector_availability WHERE day = '${s.day}'`,
    now: (s) => `SELECT * FROM connector_availability_between(from_day = '${s.day}', to_day = '${s.day}')`,
  },
  {
    name: 'uptime of every port, one day',
    of: STATES,
    now: (s) => `SELECT * FROM port_uptime_between(from_day = '${s.day}', to_day = '${s.day}')`,
  },
  {
    name: 'attempts to charge, one day',
    of: [...STATES, ...SESSIONS],
    now: (s) => `SELECT * FROM charge_attempts_between(from_day = '${s.day}', to_day = '${s.day}')`,
  },
  {
    name: 'visits, one day',
    of: [...STATES, ...SESSIONS],
    now: (s) =>
      `SELECT outcome, count() FROM visits_between(from_day = '${s.day}', to_day = '${s.day}') GROUP BY outcome`,
  },
  {
    name: 'utilisation, one day',
    of: [...STATES, ...ENERGY],
    now: (s) => `SELECT * FROM utilisation_between(from_day = '${s.day}', to_day = '${s.day}', rated_kw = 22)`,
  },
];
