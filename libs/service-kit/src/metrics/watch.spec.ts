import { expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { consumerMetrics, producerMetrics } from './kafka.ts';
import { watchPool } from './postgres.ts';

it('the pool of Postgres is asked at each scrape', async () => {
  const registry = new Registry();
  const load = { size: 10, busy: 3, idle: 2, waiting: 0 };
  watchPool(registry, () => load);
  load.waiting = 7;
  const text = await registry.metrics();
  expect(text).toContain('eveys_ocpp_postgres_connections{state="busy"} 3');
  expect(text).toContain('eveys_ocpp_postgres_connections{state="idle"} 2');
  expect(text).toContain('eveys_ocpp_postgres_connections_max 10');
  expect(text).toContain('eveys_ocpp_postgres_waiting 7');
});

it('a producer counts what Kafka acknowledged, and measures what it did not, too', async () => {
  const registry = new Registry();
  const { sent } = producerMetrics(registry);
  sent('ok', 0.2, new Map([['cp.boot', 2]]));
  sent('failed', 5, new Map([['cp.boot', 3]]));
  const text = await registry.metrics();
  expect(text).toContain('eveys_ocpp_kafka_produced_messages_total{topic="cp.boot"} 2');
  expect(text).toContain('eveys_ocpp_kafka_produce_duration_seconds_count{outcome="failed"} 1');
});

it('a consumer counts what it took, by topic', async () => {
  const registry = new Registry();
  consumerMetrics(registry).taken('cp.meter', 40, 0.3);
  const text = await registry.metrics();
  expect(text).toContain('eveys_ocpp_kafka_consumed_messages_total{topic="cp.meter"} 40');
  expect(text).toContain('eveys_ocpp_kafka_consume_duration_seconds_count{topic="cp.meter"} 1');
});
