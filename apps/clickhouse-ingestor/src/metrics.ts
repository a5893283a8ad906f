import { ALL_TOPICS, type Topic } from '@ocpp-gw/contracts';
import { DEAD_LETTER_CAUSES } from '@ocpp-gw/kafka';
import { TracedHistogram, consumerMetrics } from '@ocpp-gw/service-kit';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

export const METRICS = Symbol('METRICS');

export type IngestorMetrics = ReturnType<typeof createIngestorMetrics>;

/** Every metric of this app. The identity of a charge point is never a label. */
export function createIngestorMetrics(registry: Registry) {
  const registers = [registry];
  let lagSecondsOf: (topic: Topic) => number = () => 0;
  new Gauge({
    name: 'eveys_ocpp_ingestor_lag_seconds',
    help: 'Age of the oldest message that this pod has read and not ingested; 0 when there is none. Its maximum over the pods counts',
    labelNames: ['topic'],
    registers,
    collect() {
      for (const topic of ALL_TOPICS) this.set({ topic }, lagSecondsOf(topic));
    },
  });
  return {
    /** The age is asked for at each scrape: a consumer that stands still grows older. */
    readLagSeconds(read: (topic: Topic) => number): void {
      lagSecondsOf = read;
    },
    rows: new Counter({
      name: 'eveys_ocpp_ingestor_rows_total',
      help: 'Rows that ClickHouse acknowledged',
      labelNames: ['table'],
      registers,
    }),
    failures: new Counter({
      name: 'eveys_ocpp_ingestor_insert_failures_total',
      help: 'Inserts that ClickHouse did not acknowledge and that are tried again',
      labelNames: ['table'],
      registers,
    }),
    insertSeconds: new TracedHistogram({
      name: 'eveys_ocpp_ingestor_insert_duration_seconds',
      help: 'Time that ClickHouse took to acknowledge an insert',
      labelNames: ['table'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers,
    }),
    insertRows: new Histogram({
      name: 'eveys_ocpp_ingestor_insert_rows',
      help: 'Rows of one insert. ClickHouse works best with few large inserts',
      labelNames: ['table'],
      buckets: [1, 10, 100, 1000, 10_000, 50_000, 100_000, 500_000],
      registers,
    }),
    freshness: new Histogram({
      name: 'eveys_ocpp_ingestor_freshness_seconds',
      help: 'Age of the oldest event of a batch when ClickHouse had acknowledged it, since the gateway recorded the event',
      labelNames: ['topic'],
      buckets: [0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600],
      registers,
    }),
    consumed: consumerMetrics(registry),
    deadLetters: deadLetterCounter(registry),
    lag: new Gauge({
      name: 'eveys_ocpp_ingestor_lag_messages',
      help: 'Messages that are not ingested yet, of all pods together',
      labelNames: ['topic'],
      registers,
    }),
  };
}

function deadLetterCounter(registry: Registry): Counter<'topic' | 'reason'> {
  const counter = new Counter({
    name: 'eveys_ocpp_ingestor_dead_letters_total',
    help: 'Messages moved to dead-letter topics, by reason: undecodable (no event) or refused (never to be taken)',
    labelNames: ['topic', 'reason'],
    registers: [registry],
  });
  // A series that begins at its first dead letter hides that one from increase().
  for (const topic of ALL_TOPICS) for (const reason of DEAD_LETTER_CAUSES) counter.inc({ topic, reason }, 0);
  return counter;
}
