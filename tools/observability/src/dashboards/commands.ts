import { NAMESPACE, graph, heading, metric, quantile, rate, rows, type Dashboard } from './dashboard.ts';

export const commands: Dashboard = {
  id: 'commands',
  title: 'OCPP commands and API',
  description: 'Commands from the request to the answer of the charger, and the surfaces that ask for them',
  variables: [NAMESPACE],
  panels: [
    heading('Commands'),
    graph(
      'Rate, by command',
      [[`sum by (command) (${rate('eveys_ocpp_command_duration_seconds_count')})`, '{{command}}']],
      { unit: 'reqps' },
    ),
    graph('Outcomes', [[`sum by (outcome) (${rate('eveys_ocpp_command_duration_seconds_count')})`, '{{outcome}}']], {
      unit: 'reqps',
    }),
    graph(
      'Time from the request to the end',
      [
        [quantile(0.5, 'eveys_ocpp_command_duration_seconds'), 'median'],
        [quantile(0.95, 'eveys_ocpp_command_duration_seconds'), '95 %'],
      ],
      { unit: 's' },
    ),
    graph(
      'Time that chargers take, 95 %, by action',
      [[quantile(0.95, 'eveys_ocpp_ws_outbound_call_seconds', 'action'), '{{action}}']],
      { unit: 's' },
    ),
    graph(
      'Bus: time from sending to the end',
      [[quantile(0.95, 'eveys_ocpp_bus_command_duration_seconds', 'outcome'), '{{outcome}} 95 %']],
      { unit: 's' },
    ),
    graph('Commands under way', [
      [`sum(${metric('eveys_ocpp_bus_commands_open')})`, 'waited for by command-api'],
      [`sum(${metric('eveys_ocpp_ws_commands_running')})`, 'taken by ws-edge'],
    ]),
    rows(
      'Latest commands',
      `
SELECT occurred_at, cp_id, action, caller, state, outcome, status, error_code, latency_ms
FROM commands
WHERE $__timeFilter(recorded_at)
ORDER BY recorded_at DESC LIMIT 100`,
    ),
    heading('REST and gRPC'),
    graph(
      'REST: rate, by route',
      [[`sum by (method, route) (${rate('eveys_ocpp_rest_request_duration_seconds_count')})`, '{{method}} {{route}}']],
      { unit: 'reqps' },
    ),
    graph(
      'REST: errors, by status',
      [
        [
          `sum by (status) (${rate('eveys_ocpp_rest_request_duration_seconds_count', 'status=~"[45].."')}) or vector(0)`,
          '{{status}}',
        ],
      ],
      { unit: 'reqps' },
    ),
    graph(
      'REST: time, 99 %, by route',
      [[quantile(0.99, 'eveys_ocpp_rest_request_duration_seconds', 'route'), '{{route}}']],
      { unit: 's' },
    ),
    graph(
      'gRPC: rate, by method and code',
      [[`sum by (method, code) (${rate('eveys_ocpp_grpc_request_duration_seconds_count')})`, '{{method}} {{code}}']],
      { unit: 'reqps' },
    ),
    graph(
      'gRPC: time, 99 %, by method',
      [[quantile(0.99, 'eveys_ocpp_grpc_request_duration_seconds', 'method'), '{{method}}']],
      { unit: 's' },
    ),
    graph('Event streams; queries of ClickHouse', [
      [`sum(${metric('eveys_ocpp_event_streams')})`, 'event streams'],
      [
        `sum by (outcome) (${rate('eveys_ocpp_clickhouse_query_duration_seconds_count')})`,
        'queries a second: {{outcome}}',
      ],
    ]),
  ],
};
