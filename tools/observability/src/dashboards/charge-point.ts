import { CLICKHOUSE, rows, series, type Dashboard } from './dashboard.ts';

const OF_IT = 'cp_id = ${cp_id:sqlstring}';

export const chargePoint: Dashboard = {
  id: 'charge-point',
  title: 'OCPP charge point',
  description: 'One charge point, from ClickHouse: its conversation, sessions, states, connections and deviations',
  variables: [
    {
      name: 'cp_id',
      label: 'Charge point',
      datasource: CLICKHOUSE,
      query: 'SELECT cp_id FROM charge_points ORDER BY cp_id',
    },
  ],
  panels: [
    rows(
      'What it is',
      `
SELECT cp_id, protocol, vendor, model, serial_number, firmware_version, registration_status, last_boot_at, tags
FROM charge_points WHERE ${OF_IT}`,
      { height: 4 },
    ),
    rows(
      'Findings',
      `
SELECT max(recorded_at) AS at, finding, argMax(severity, recorded_at) AS severity, argMax(state, recorded_at) AS state,
  argMax(first_seen_at, recorded_at) AS first_seen, argMax(last_seen_at, recorded_at) AS last_seen, argMax(count, recorded_at) AS times,
  arrayStringConcat(argMax(details, recorded_at), '; ') AS details
FROM findings
WHERE ${OF_IT} AND $__timeFilter(recorded_at)
GROUP BY finding_id, finding ORDER BY at DESC LIMIT 200`,
      { description: 'What was found wrong with it, newest first: open, or ended once a look no longer showed it' },
    ),
    rows(
      'Conversation',
      `
SELECT recorded_at, direction, kind, action, message_id, outcome, error_code, latency_ms, size_bytes, transaction_id, raw
FROM messages
WHERE ${OF_IT} AND $__timeFilter(recorded_at)
ORDER BY recorded_at DESC LIMIT 500`,
      {
        height: 14,
        description:
          'Its frames both ways, newest first. Empty where the ledger of messages is off for this charge point',
      },
    ),
    series(
      'Frames, by direction and action',
      `
SELECT toStartOfInterval(recorded_at, INTERVAL 1 MINUTE) AS time, concat(direction, ' ', action) AS frames, count() AS count
FROM messages
WHERE ${OF_IT} AND $__timeFilter(recorded_at)
GROUP BY time, frames ORDER BY time`,
      { width: 12 },
    ),
    series(
      'Time to the answer',
      `
SELECT toStartOfInterval(recorded_at, INTERVAL 1 MINUTE) AS time, action, max(latency_ms) AS longest
FROM messages
WHERE ${OF_IT} AND $__timeFilter(recorded_at) AND latency_ms > 0
GROUP BY time, action ORDER BY time`,
      { width: 12, unit: 'ms' },
    ),
    rows(
      'Sessions',
      `
SELECT started_at, ended_at, state, transaction_id, evse_id, id_token, energy_wh, duration_seconds, stop_reason, end_inferred, quality
FROM sessions
WHERE ${OF_IT} AND $__timeFilter(first_heard_at)
ORDER BY started_at DESC LIMIT 200`,
    ),
    series(
      'Energy register',
      `
SELECT sampled_at AS time, concat('EVSE ', toString(evse_id)) AS evse, value
FROM meter_samples
WHERE ${OF_IT} AND measurand = 'Energy.Active.Import.Register' AND phase = '' AND $__timeFilter(sampled_at)
ORDER BY time`,
      { width: 12, unit: 'watth' },
    ),
    series(
      'Power',
      `
SELECT begins_at AS time, concat('EVSE ', toString(evse_id)) AS evse, sum(mean_power_w) AS power
FROM interval_energy
WHERE ${OF_IT} AND $__timeFilter(begins_at)
GROUP BY time, evse ORDER BY time`,
      { width: 12, unit: 'watt' },
    ),
    rows(
      'Status',
      `
SELECT occurred_at, evse_id, connector_id, status, error_code, info, vendor_error_code
FROM connector_status
WHERE ${OF_IT} AND $__timeFilter(recorded_at)
ORDER BY recorded_at DESC LIMIT 200`,
      { width: 12 },
    ),
    rows(
      'Connections',
      `
SELECT occurred_at, if(connected, 'opened', 'closed') AS event, protocol, pod, remote_address, close_code, reason
FROM connections
WHERE ${OF_IT} AND $__timeFilter(recorded_at)
ORDER BY recorded_at DESC LIMIT 200`,
      { width: 12 },
    ),
    rows(
      'Commands',
      `
SELECT occurred_at, action, caller, state, outcome, status, error_code, error_description, latency_ms
FROM commands
WHERE ${OF_IT} AND $__timeFilter(recorded_at)
ORDER BY recorded_at DESC LIMIT 200`,
      { width: 12 },
    ),
    rows(
      'Boots',
      `
SELECT occurred_at, vendor, model, firmware_version, reason, registration_status
FROM boots
WHERE ${OF_IT} AND $__timeFilter(recorded_at)
ORDER BY recorded_at DESC LIMIT 100`,
      { width: 12 },
    ),
    rows(
      'Deviations from the standard',
      `
SELECT rule, action, direction, sum(count) AS times, min(first_at) AS first_seen, max(last_at) AS last_seen
FROM field_deviations
WHERE ${OF_IT} AND $__timeFilter(recorded_at)
GROUP BY rule, action, direction ORDER BY times DESC`,
      { width: 12 },
    ),
    rows(
      'Security events',
      `
SELECT occurred_at, type, tech_info
FROM security_events
WHERE ${OF_IT} AND $__timeFilter(recorded_at)
ORDER BY recorded_at DESC LIMIT 100`,
      { width: 12 },
    ),
  ],
};
