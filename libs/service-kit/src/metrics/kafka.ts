import { Counter, type Registry } from 'prom-client';
import { SECONDS, TracedHistogram } from './traced-histogram.ts';

/** What a producer reports of each send. */
export interface ProducerObserver {
  /** `messages`: how many of each topic. */
  sent(outcome: 'ok' | 'failed', seconds: number, messages: ReadonlyMap<string, number>): void;
}

/** What a consumer reports of each batch that it has taken. */
export interface ConsumerObserver {
  taken(topic: string, messages: number, seconds: number): void;
}

export function producerMetrics(registry: Registry): ProducerObserver {
  const registers = [registry];
  const duration = new TracedHistogram({
    name: 'eveys_ocpp_kafka_produce_duration_seconds',
    help: 'Time until Kafka acknowledged what was sent together, by outcome: ok or failed',
    labelNames: ['outcome'],
    buckets: SECONDS,
    registers,
  });
  const produced = new Counter({
    name: 'eveys_ocpp_kafka_produced_messages_total',
    help: 'Messages that Kafka acknowledged',
    labelNames: ['topic'],
    registers,
  });
  return {
    sent: (outcome, seconds, messages) => {
      duration.observe({ outcome }, seconds);
      if (outcome === 'ok') for (const [topic, count] of messages) produced.inc({ topic }, count);
    },
  };
}

export function consumerMetrics(registry: Registry): ConsumerObserver {
  const registers = [registry];
  const duration = new TracedHistogram({
    name: 'eveys_ocpp_kafka_consume_duration_seconds',
    help: 'Time from a batch of messages to its end, tries included',
    labelNames: ['topic'],
    buckets: [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers,
  });
  const consumed = new Counter({
    name: 'eveys_ocpp_kafka_consumed_messages_total',
    help: 'Messages that were consumed, dead letters included',
    labelNames: ['topic'],
    registers,
  });
  return {
    taken: (topic, messages, seconds) => {
      duration.observe({ topic }, seconds);
      consumed.inc({ topic }, messages);
    },
  };
}
