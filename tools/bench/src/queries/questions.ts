/** Whom and when the questions are about. */
export interface Subject {
  cpId: string;
  transactionId: string;
  /** YYYY-MM-DD of the day, and of the one after. */
  day: string;
  dayAfter: string;
}

export interface Question {
  name: string;
  /** Tables whose rows it could have to read. */
  of: readonly string[];
  before: (subject: Subject) => string;
  /** The same, unless given. */
  after?: (subject: Subject) => string;
}

const during = (column: string, { day, dayAfter }: Subject): string =>
  `${column} >= '${day}' AND ${column} < '${dayAfter}'`;

/** The questions that README of libs/clickhouse answers, about one charger, one transaction, one day or now. */
export const QUESTIONS: readonly Question[] = [
  {
    name: 'samples of one charger, one day',
    of: ['meter_samples'],
    before: (s) =>
      `SELECT sampled_at, measurand, value FROM meter_samples FINAL WHERE cp_id = '${s.cpId}' AND ${during('sampled_at', s)}`,
  },
  {
    name: 'samples of one transaction of a charger',
    of: ['meter_samples'],
    before: (s) =>
      `SELECT sampled_at, measurand, value FROM meter_samples FINAL WHERE cp_id = '${s.cpId}' AND transaction_id = '${s.transactionId}'`,
  },
  {
    name: 'samples of one transaction by its id alone',
    of: ['meter_samples'],
    before: (s) =>
      `SELECT DISTINCT event_id, sample_no, sampled_at, measurand, value FROM meter_samples WHERE transaction_id = '${s.transactionId}'`,
  },
  {
    name: 'mean power of the fleet by hour, one day',
    of: ['meter_samples'],
    before: (s) =>
      `SELECT toStartOfHour(sampled_at) AS hour, avg(value) FROM meter_samples WHERE measurand = 'Power.Active.Import' AND ${during('sampled_at', s)} GROUP BY hour`,
  },
  {
    name: 'load curve of one charger',
    of: ['meter_samples', 'transaction_events', 'transaction_readings'],
    before: (s) => `SELECT hour, energy_wh FROM energy_per_charger_hour WHERE cp_id = '${s.cpId}'`,
  },
  {
    name: 'sessions and energy of the fleet, one day',
    of: ['transaction_events', 'transaction_readings'],
    before: (s) =>
      `SELECT count(), sum(energy_wh) FROM sessions WHERE state = 'ended' AND unassigned_reason = '' AND ${during('ended_at', s)}`,
    after: (s) =>
      `SELECT count(), sum(energy_wh) FROM ended_sessions FINAL WHERE unassigned_reason = '' AND ${during('ended_at', s)}`,
  },
  {
    name: 'sessions of one charger',
    of: ['transaction_events', 'transaction_readings'],
    before: (s) => `SELECT * FROM sessions WHERE cp_id = '${s.cpId}'`,
  },
  {
    name: 'one ended session by its id alone',
    of: ['transaction_events', 'transaction_readings'],
    before: (s) => `SELECT * FROM sessions WHERE transaction_id = '${s.transactionId}'`,
    after: (s) => `SELECT * FROM ended_sessions FINAL WHERE transaction_id = '${s.transactionId}'`,
  },
  {
    name: 'what is faulted now',
    of: ['connector_status'],
    before: () => `SELECT cp_id, evse_id, connector_id, status_at FROM last_status WHERE status = 'Faulted'`,
  },
  {
    name: 'statuses of one charger, one day',
    of: ['connector_status'],
    before: (s) =>
      `SELECT occurred_at, status FROM connector_status FINAL WHERE cp_id = '${s.cpId}' AND ${during('occurred_at', s)}`,
  },
  {
    name: 'faults of the fleet, one day',
    of: ['connector_status'],
    before: (s) =>
      `SELECT cp_id, count() FROM connector_status WHERE status = 'Faulted' AND ${during('recorded_at', s)} GROUP BY cp_id`,
  },
  {
    name: 'lost connections of the fleet, one day',
    of: ['connections'],
    before: (s) =>
      `SELECT cp_id, count() FROM connections WHERE NOT connected AND ${during('occurred_at', s)} GROUP BY cp_id`,
  },
];
