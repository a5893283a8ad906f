import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

export const METRICS = Symbol('METRICS');

export type IngestorMetrics = ReturnType<typeof createIngestorMetrics>;

/** Every metric of this app. The identity of a charge point is never a label. */
export function createIngestorMetrics(registry: Registry) {
  const registers = [registry];
  return {
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
    insertSeconds: new Histogram({
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
    lag: new Gauge({
      name: 'eveys_ocpp_ingestor_lag_messages',
      help: 'Messages that are not ingested yet, of all pods together',
      labelNames: ['topic'],
      registers,
    }),
  };
}
