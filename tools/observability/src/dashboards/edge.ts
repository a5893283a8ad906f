import { NAMESPACE, graph, heading, metric, quantile, rate, type Dashboard } from './dashboard.ts';
import { processPanels } from './process-panels.ts';

export const edge: Dashboard = {
  id: 'edge',
  title: 'OCPP edge',
  description: 'What the pods of ws-edge do: messages of chargers, their commits, the backend, and what limits them',
  variables: [NAMESPACE],
  panels: [
    heading('Messages of charge points'),
    graph('Rate, by action', [[`sum by (action) (${rate('eveys_ocpp_ws_call_seconds_count')})`, '{{action}}']], {
      unit: 'reqps',
    }),
    graph(
      'Errors, by action and code',
      [
        [
          `sum by (action, outcome) (${rate('eveys_ocpp_ws_call_seconds_count', 'outcome!="result"')})`,
          '{{action}} {{outcome}}',
        ],
      ],
      { unit: 'reqps' },
    ),
    graph(
      'Time to the answer',
      [
        [quantile(0.5, 'eveys_ocpp_ws_call_seconds'), 'median'],
        [quantile(0.99, 'eveys_ocpp_ws_call_seconds'), '99 %'],
        [
          quantile(
            0.99,
            'eveys_ocpp_ws_call_seconds',
            'action',
            'action=~"StartTransaction|StopTransaction|TransactionEvent"',
          ),
          '{{action}} 99 %',
        ],
      ],
      { unit: 's' },
    ),
    graph(
      'Repetitions, malformed frames, answers to nothing, throttled',
      [
        [`sum(${rate('eveys_ocpp_ws_replays_total')}) or vector(0)`, 'answered from the cache'],
        [`sum(${rate('eveys_ocpp_ws_malformed_frames_total')}) or vector(0)`, 'malformed'],
        [`sum(${rate('eveys_ocpp_ws_unmatched_answers_total')}) or vector(0)`, 'answers to nothing'],
        [`sum(${rate('eveys_ocpp_ws_throttled_total')})`, 'paused: too fast'],
      ],
      { unit: 'reqps' },
    ),
    graph(
      'Recorded frames',
      [[`sum by (outcome) (${rate('eveys_ocpp_ws_recorded_frames_total')}) or vector(0)`, '{{outcome}}']],
      { unit: 'reqps' },
    ),
    graph(
      'Messages about transactions, by assignment',
      [[`sum by (outcome) (${rate('eveys_ocpp_ws_transaction_outcomes_total')})`, '{{outcome}}']],
      { unit: 'reqps' },
    ),
    graph('Handshakes', [[quantile(0.99, 'eveys_ocpp_ws_handshake_seconds'), 'time to the decision, 99 %']], {
      unit: 's',
    }),
    graph(
      'Passwords checked, reconnect loops',
      [
        [`sum by (outcome) (${rate('eveys_ocpp_ws_password_hashes_total')}) or vector(0)`, 'bcrypt: {{outcome}}'],
        [`sum(${rate('eveys_ocpp_ws_reconnects_held_back_total')})`, 'held back'],
      ],
      { unit: 'reqps' },
    ),
    graph('Charge points, by pod', [[`sum by (instance) (${metric('eveys_ocpp_ws_connections')})`, '{{instance}}']]),
    graph(
      'OCSP responders',
      [[`sum by (outcome) (${rate('eveys_ocpp_ws_ocsp_seconds_count')}) or vector(0)`, '{{outcome}}']],
      { unit: 'reqps' },
    ),
    graph(
      'Answers to commands that could not be written',
      [[`sum by (action) (${rate('eveys_ocpp_ws_mirrors_lost_total')}) or vector(0)`, '{{action}}']],
      { unit: 'reqps' },
    ),
    heading('Commits'),
    graph(
      'Wait for a transaction',
      [
        [quantile(0.5, 'eveys_ocpp_ws_commit_wait_seconds'), 'median'],
        [quantile(0.99, 'eveys_ocpp_ws_commit_wait_seconds'), '99 %'],
      ],
      { unit: 's' },
    ),
    graph('Messages of one transaction', [[quantile(0.5, 'eveys_ocpp_ws_commit_batch_size'), 'median']]),
    graph('Messages that wait; transactions that were split', [
      [`sum by (instance) (${metric('eveys_ocpp_ws_commit_waiting')})`, 'wait on {{instance}}'],
      [`sum(${rate('eveys_ocpp_ws_commit_splits_total')})`, 'splits'],
    ]),
    heading('Backend'),
    graph(
      'Calls, by path and outcome',
      [[`sum by (path, outcome) (${rate('eveys_ocpp_ws_backend_call_seconds_count')})`, '{{path}} {{outcome}}']],
      { unit: 'reqps', width: 12 },
    ),
    graph('Time, 99 %', [[quantile(0.99, 'eveys_ocpp_ws_backend_call_seconds', 'path'), '{{path}}']], {
      unit: 's',
      width: 12,
    }),
    ...processPanels(),
  ],
};
