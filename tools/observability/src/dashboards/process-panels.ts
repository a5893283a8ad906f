import { graph, heading, metric, rate, type Panel } from './dashboard.ts';

/** What limits every process of ours: processor, memory, event loop, files, connections to Postgres. */
export function processPanels(): Panel[] {
  return [
    heading('Processes'),
    graph('Processor', [[`sum by (job, instance) (${rate('process_cpu_seconds_total')})`, '{{job}} {{instance}}']], {
      unit: 'percentunit',
    }),
    graph('Memory', [[`sum by (job, instance) (${metric('process_resident_memory_bytes')})`, '{{job}} {{instance}}']], {
      unit: 'bytes',
    }),
    graph(
      'Event loop: delay, 99 %',
      [[`max by (job, instance) (${metric('nodejs_eventloop_lag_p99_seconds')})`, '{{job}} {{instance}}']],
      { unit: 's' },
    ),
    graph('Open files', [[`max by (job, instance) (${metric('process_open_fds')})`, '{{job}} {{instance}}']]),
    graph(
      'Postgres: connections in use',
      [
        [
          `sum by (job, instance) (${metric('eveys_ocpp_postgres_connections', 'state="busy"')}) / sum by (job, instance) (${metric('eveys_ocpp_postgres_connections_max')})`,
          '{{job}} {{instance}}',
        ],
      ],
      { unit: 'percentunit' },
    ),
    graph('Postgres: waiting for a connection', [
      [`sum by (job, instance) (${metric('eveys_ocpp_postgres_waiting')})`, '{{job}} {{instance}}'],
    ]),
  ];
}
