import { errorRatio } from '../slos/slo-rules.ts';
import { errorBudget } from '../slos/slo.ts';
import { SLOS } from '../slos/slos.ts';
import { NAMESPACE, graph, heading, metric, quantile, rate, rows, series, stat, type Dashboard } from './dashboard.ts';

export const fleet: Dashboard = {
  id: 'fleet',
  title: 'OCPP fleet',
  description: 'Who is connected, how they come and go, what they charge, and whether the objectives hold',
  variables: [NAMESPACE],
  panels: [
    stat('Charge points connected', [[`sum(${metric('eveys_ocpp_ws_connections')})`, 'connected']]),
    stat(
      'Handshakes refused',
      [[`sum(${rate('eveys_ocpp_ws_handshakes_total', 'outcome!="accepted"')}) or vector(0)`, 'refused']],
      { unit: 'reqps' },
    ),
    stat('Messages of chargers', [[`sum(${rate('eveys_ocpp_ws_call_seconds_count')})`, 'messages']], { unit: 'reqps' }),
    stat('Commands', [[`sum(${rate('eveys_ocpp_command_duration_seconds_count')})`, 'commands']], { unit: 'reqps' }),
    stat(
      'Outbox: oldest row',
      [[`max(${metric('eveys_ocpp_outbox_oldest_seconds', 'lane=~"kafka|backend"')})`, 'oldest']],
      {
        unit: 's',
      },
    ),
    stat('Dead letters', [[`max(${metric('eveys_ocpp_outbox_rows', 'lane=~".+-dead"')})`, 'outbox']]),
    heading('Objectives'),
    ...SLOS.map((slo) =>
      stat(
        `${slo.title}: budget burnt at`,
        [[`max(${errorRatio('1h')}{namespace=~"$namespace",slo="${slo.id}"}) / ${errorBudget(slo)}`, slo.id]],
        { unit: 'none', description: `${slo.promise} 1 uses the error budget of 30 days up in 30 days.` },
      ),
    ),
    heading('Connections'),
    graph(
      'Charge points connected, by protocol',
      [[`sum by (protocol) (${metric('eveys_ocpp_ws_connections')})`, '{{protocol}}']],
      { stacked: true },
    ),
    graph('Handshakes, by outcome', [[`sum by (outcome) (${rate('eveys_ocpp_ws_handshakes_total')})`, '{{outcome}}']], {
      unit: 'reqps',
    }),
    graph('Disconnects, by close code', [[`sum by (code) (${rate('eveys_ocpp_ws_disconnects_total')})`, '{{code}}']], {
      unit: 'reqps',
    }),
    graph(
      'Boots, by answer',
      [
        [`sum by (status) (${rate('eveys_ocpp_ws_boots_total')})`, '{{status}}'],
        [`sum(${rate('eveys_ocpp_ws_boots_undecided_total')})`, 'not decided by the backend'],
      ],
      { unit: 'reqps' },
    ),
    graph(
      'Authorize: time to the answer',
      [
        [quantile(0.5, 'eveys_ocpp_ws_call_seconds', '', 'action="Authorize"'), 'median'],
        [quantile(0.99, 'eveys_ocpp_ws_call_seconds', '', 'action="Authorize"'), '99 %'],
      ],
      { unit: 's' },
    ),
    graph(
      'Deviations from the standard, by field rule',
      [[`topk(10, sum by (rule) (${rate('eveys_ocpp_ws_deviations_total')}))`, '{{rule}}']],
      { unit: 'reqps' },
    ),
    heading('What is wrong'),
    graph(
      'Charge points with a finding now, by finding',
      [[`sum by (finding) (${metric('eveys_ocpp_findings_open')}) > 0 or vector(0)`, '{{finding}}']],
      { stacked: true, description: 'Of the charge points whose frames are recorded, see docs/findings.md' },
    ),
    graph('Findings opened in an hour, by severity', [
      [`sum by (severity) (increase(${metric('eveys_ocpp_findings_opened_total')}[1h]))`, '{{severity}}'],
    ]),
    graph('Looks a second, and the age of the oldest that is due', [
      [`sum(${rate('eveys_ocpp_findings_looks_total')})`, 'charge points looked at a second'],
      [`max(${metric('eveys_ocpp_findings_oldest_look_seconds')})`, 'seconds since the oldest look'],
      [quantile(0.95, 'eveys_ocpp_findings_pass_seconds'), 'seconds of a pass, 95 %'],
    ]),
    heading('Charging'),
    series(
      'Sessions that began and ended',
      `
SELECT toStartOfInterval(at, INTERVAL 5 MINUTE) AS time, event, count() AS sessions
FROM (
  SELECT started_at AS at, 'began' AS event FROM sessions WHERE $__timeFilter(started_at)
  UNION ALL
  SELECT assumeNotNull(ended_at) AS at, 'ended' AS event FROM sessions WHERE ended_at IS NOT NULL AND $__timeFilter(ended_at)
)
GROUP BY time, event ORDER BY time`,
      { width: 12 },
    ),
    series(
      'Energy',
      `
SELECT hour AS time, sum(energy_wh) AS energy
FROM energy_per_charger_hour
WHERE $__timeFilter(hour)
GROUP BY time ORDER BY time`,
      { width: 12, unit: 'watth' },
    ),
    rows(
      'Connectors, by status',
      `
SELECT protocol, status, count() AS connectors
FROM last_status
WHERE connector_id > 0 OR evse_id > 0
GROUP BY protocol, status ORDER BY connectors DESC`,
      { width: 12 },
    ),
    rows(
      'Fleet, by model and firmware',
      `
SELECT vendor, model, firmware_version, protocol, count() AS charge_points
FROM charge_points
WHERE retired_at IS NULL
GROUP BY vendor, model, firmware_version, protocol ORDER BY charge_points DESC LIMIT 50`,
      { width: 12 },
    ),
  ],
};
