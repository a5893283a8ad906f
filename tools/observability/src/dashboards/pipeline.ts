import { NAMESPACE, graph, heading, metric, quantile, rate, type Dashboard } from './dashboard.ts';
import { processPanels } from './process-panels.ts';

export const pipeline: Dashboard = {
  id: 'pipeline',
  title: 'OCPP event pipeline',
  description:
    'From the outbox over Kafka to ClickHouse and the webhooks: what waits, for how long, and what was refused',
  variables: [NAMESPACE],
  panels: [
    heading('Outbox'),
    graph('Rows that wait, by destination', [[`max by (lane) (${metric('eveys_ocpp_outbox_rows')})`, '{{lane}}']]),
    graph('Age of the oldest row', [[`max by (lane) (${metric('eveys_ocpp_outbox_oldest_seconds')})`, '{{lane}}']], {
      unit: 's',
    }),
    graph('Shards with a leader; interruptions', [
      [`sum by (lane) (${metric('eveys_ocpp_outbox_shards')})`, '{{lane}} shards'],
      [
        `sum by (lane) (${rate('eveys_ocpp_outbox_interruptions_total')}) or vector(0)`,
        '{{lane}} interruptions a second',
      ],
    ]),
    graph('Delivered', [[`sum by (lane) (${rate('eveys_ocpp_outbox_delivered_total')})`, '{{lane}}']], {
      unit: 'reqps',
    }),
    heading('Kafka'),
    graph(
      'Produced, by topic',
      [[`sum by (topic) (${rate('eveys_ocpp_kafka_produced_messages_total')})`, '{{topic}}']],
      { unit: 'reqps' },
    ),
    graph(
      'Time to the acknowledgement, 99 %',
      [[quantile(0.99, 'eveys_ocpp_kafka_produce_duration_seconds', 'outcome'), '{{outcome}}']],
      { unit: 's' },
    ),
    graph('Consumed, by service', [[`sum by (job) (${rate('eveys_ocpp_kafka_consumed_messages_total')})`, '{{job}}']], {
      unit: 'reqps',
    }),
    graph('Time of a batch, 99 %', [[quantile(0.99, 'eveys_ocpp_kafka_consume_duration_seconds', 'job'), '{{job}}']], {
      unit: 's',
    }),
    graph('Messages that wait', [
      [`sum(max by (topic) (${metric('eveys_ocpp_ingestor_lag_messages')}))`, 'for ClickHouse'],
      [`sum(max by (topic) (${metric('eveys_ocpp_webhook_lag_messages')}))`, 'for webhooks'],
    ]),
    graph('Dead letters in an hour', [
      [
        `sum by (topic, reason) (increase(${metric('eveys_ocpp_ingestor_dead_letters_total')}[1h]))`,
        'ingestor: {{topic}} {{reason}}',
      ],
      [
        `sum by (topic, reason) (increase(${metric('eveys_ocpp_webhook_dead_letters_total')}[1h]))`,
        'dispatcher: {{topic}} {{reason}}',
      ],
    ]),
    heading('ClickHouse'),
    graph(
      'Age of events when they are in ClickHouse',
      [
        [quantile(0.5, 'eveys_ocpp_ingestor_freshness_seconds'), 'median'],
        [quantile(0.99, 'eveys_ocpp_ingestor_freshness_seconds'), '99 %'],
        [`max(${metric('eveys_ocpp_ingestor_lag_seconds')})`, 'oldest that is not'],
      ],
      { unit: 's' },
    ),
    graph('Rows inserted, by table', [[`sum by (table) (${rate('eveys_ocpp_ingestor_rows_total')})`, '{{table}}']], {
      unit: 'reqps',
    }),
    graph(
      'Inserts: time, 99 %; failures',
      [
        [quantile(0.99, 'eveys_ocpp_ingestor_insert_duration_seconds'), 'time, 99 %'],
        [`sum(${rate('eveys_ocpp_ingestor_insert_failures_total')}) or vector(0)`, 'failures a second'],
      ],
      { unit: 's' },
    ),
    graph('Rows of an insert', [[quantile(0.5, 'eveys_ocpp_ingestor_insert_rows'), 'median']]),
    heading('Webhooks'),
    graph(
      'Attempts, by webhook and outcome',
      [
        [
          `sum by (subscription, outcome) (${rate('eveys_ocpp_webhook_attempts_total')})`,
          '{{subscription}} {{outcome}}',
        ],
      ],
      { unit: 'reqps' },
    ),
    graph(
      'Time to the delivery, 99 %',
      [[quantile(0.99, 'eveys_ocpp_webhook_delivery_duration_seconds', 'subscription'), '{{subscription}}']],
      { unit: 's' },
    ),
    graph(
      'Time that receivers take, 99 %',
      [[quantile(0.99, 'eveys_ocpp_webhook_attempt_duration_seconds', 'subscription'), '{{subscription}}']],
      { unit: 's' },
    ),
    graph('Deliveries that wait or are dead', [
      [`max by (state) (${metric('eveys_ocpp_webhook_deliveries')})`, '{{state}}'],
    ]),
    graph('Waiting, by webhook', [
      [`max by (subscription) (${metric('eveys_ocpp_webhook_pending')}) or vector(0)`, '{{subscription}}'],
    ]),
    graph(
      'Oldest that waits, by webhook',
      [
        [
          `max by (subscription) (${metric('eveys_ocpp_webhook_oldest_pending_seconds')}) or vector(0)`,
          '{{subscription}}',
        ],
      ],
      { unit: 's' },
    ),
    graph('Webhooks, by state', [
      [
        `sum by (state) (max by (subscription, state) (${metric('eveys_ocpp_webhook_subscription_state')}))`,
        '{{state}}',
      ],
    ]),
    ...processPanels(),
  ],
};
