export { consumerMetrics, producerMetrics, type ConsumerObserver, type ProducerObserver } from './kafka.ts';
export { watchPool, type PoolLoad } from './postgres.ts';
export { SECONDS, TracedHistogram } from './traced-histogram.ts';
