import type { Slo } from './slo.ts';

/** Prometheus 3 writes whole bounds of buckets with a decimal point, Prometheus 2 as they were exposed. */
const bound = (seconds: number): string => `le=~"${seconds}(\\\\.0)?"`;

const rate = (metric: string, app: string, labels = '', by = ''): string =>
  `sum by (namespace, job${by}) (rate(${metric}{job="${app}"${labels && `,${labels}`}}[WINDOW]))`;

const TRANSACTION = 'action=~"StartTransaction|StopTransaction|TransactionEvent"';
const OURS = 'outcome=~"result|InternalError"';

export const SLOS: readonly Slo[] = [
  {
    id: 'boot-acceptance',
    title: 'Boot acceptance',
    app: 'ws-edge',
    objective: 0.995,
    promise: '99.5 % of the boot notifications are decided.',
    counts:
      'Accepted, Pending and Rejected are decisions if the backend made them, or if there is none. Bad is an error, and a Pending that a charger gets only because the backend did not answer.',
    good: `(${rate('eveys_ocpp_ws_boots_total', 'ws-edge', 'status!="failed"')} - ${rate('eveys_ocpp_ws_boots_undecided_total', 'ws-edge')})`,
    total: rate('eveys_ocpp_ws_boots_total', 'ws-edge'),
  },
  {
    id: 'authorize-latency',
    title: 'Authorize latency',
    app: 'ws-edge',
    objective: 0.99,
    promise: '99 % of the Authorize requests of chargers are answered within a second.',
    counts: 'A request that breaks its schema does not count. An answer by the cache or by the fallback is an answer.',
    good: rate('eveys_ocpp_ws_call_seconds_bucket', 'ws-edge', `action="Authorize",outcome="result",${bound(1)}`),
    total: rate('eveys_ocpp_ws_call_seconds_count', 'ws-edge', `action="Authorize",${OURS}`),
  },
  {
    id: 'transaction-durability',
    title: 'Durability of transactions',
    app: 'ws-edge',
    objective: 0.999,
    promise: '99.9 % of the starts, updates and ends of transactions are durable when they first arrive.',
    counts:
      'What is answered with a result is committed. A charger keeps what was answered with InternalError and sends it again, so nothing is lost by it, and it counts as bad. What was committed and then refused for good has an alert of its own, OcppEdgeDeadLetters.',
    good: rate('eveys_ocpp_ws_call_seconds_count', 'ws-edge', `${TRANSACTION},outcome="result"`),
    total: rate('eveys_ocpp_ws_call_seconds_count', 'ws-edge', `${TRANSACTION},${OURS}`),
  },
  {
    id: 'command-latency',
    title: 'Command latency',
    app: 'command-api',
    objective: 0.95,
    promise: '95 % of the commands to chargers that are connected end within five seconds.',
    counts:
      'The time that the charger takes is in it. Commands to chargers that are away, and those that the caller gave up, do not count.',
    good: rate(
      'eveys_ocpp_command_duration_seconds_bucket',
      'command-api',
      `outcome!~"offline|cancelled|timeout|refused",${bound(5)}`,
    ),
    total: rate('eveys_ocpp_command_duration_seconds_count', 'command-api', 'outcome!~"offline|cancelled"'),
  },
  {
    id: 'event-freshness',
    title: 'Event freshness',
    app: 'clickhouse-ingestor',
    objective: 0.99,
    promise: '99 % of the batches are in ClickHouse 30 seconds after their oldest event was recorded.',
    counts:
      'The time in the outbox and in Kafka is in it. What is not ingested yet does not count before it is: OcppIngestorLagSeconds sees that.',
    good: rate('eveys_ocpp_ingestor_freshness_seconds_bucket', 'clickhouse-ingestor', bound(30)),
    total: rate('eveys_ocpp_ingestor_freshness_seconds_count', 'clickhouse-ingestor'),
  },
  {
    id: 'webhook-delivery',
    title: 'Webhook delivery',
    app: 'webhook-dispatcher',
    objective: 0.99,
    promise: '99 % of the deliveries to each webhook are received within a minute.',
    counts:
      'Retries are in it, and deliveries that failed for good are bad. Each subscription has a budget of its own. What is not delivered yet does not count before it is: OcppWebhooksFail sees that.',
    good: rate(
      'eveys_ocpp_webhook_delivery_duration_seconds_bucket',
      'webhook-dispatcher',
      bound(60),
      ', subscription',
    ),
    total: rate(
      'eveys_ocpp_webhook_attempts_total',
      'webhook-dispatcher',
      'outcome=~"delivered|dead"',
      ', subscription',
    ),
    each: ['subscription'],
  },
];
