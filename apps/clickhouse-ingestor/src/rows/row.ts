/** The tables that hold the rows of events, see ddl/. */
export type Table =
  | 'boots'
  | 'connector_status'
  | 'meter_samples'
  | 'transaction_events'
  | 'energy_intervals'
  | 'connections'
  | 'commands'
  | 'firmware_status'
  | 'log_status'
  | 'security_events'
  | 'certificate_signing_requests'
  | 'data_transfers'
  | 'station_events'
  | 'charging_limits'
  | 'ev_charging_needs'
  | 'ev_charging_schedules'
  | 'reservation_ends'
  | 'reports'
  | 'firmware_publications'
  | 'charge_point_changes'
  | 'field_deviations'
  | 'findings'
  | 'messages';

export type Value =
  string | number | boolean | Date | null | readonly number[] | readonly string[] | Readonly<Record<string, string>>;

/** One row: column → value. Every row of a table has the same columns. */
export type Columns = Record<string, Value>;

export interface Row {
  table: Table;
  columns: Columns;
}
