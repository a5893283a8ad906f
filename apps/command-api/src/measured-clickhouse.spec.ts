import { expect, it } from '@jest/globals';
import type { ClickHouseClient } from '@clickhouse/client';
import { Registry } from 'prom-client';
import { measuredClickHouse } from './measured-clickhouse.ts';
import { createMetrics } from './metrics.ts';

it('measures each query, those that fail too', async () => {
  const registry = new Registry();
  const { clickhouse } = createMetrics(registry);
  const answers: (() => Promise<unknown>)[] = [() => Promise.resolve('rows'), () => Promise.reject(new Error('away'))];
  const client = { query: () => answers.shift()!() } as unknown as ClickHouseClient;
  const measured = measuredClickHouse(client, clickhouse);
  expect(await measured.query({ query: 'SELECT 1' })).toBe('rows');
  await expect(measured.query({ query: 'SELECT 1' })).rejects.toThrow('away');
  const text = await registry.metrics();
  expect(text).toContain('eveys_ocpp_clickhouse_query_duration_seconds_count{outcome="ok"} 1');
  expect(text).toContain('eveys_ocpp_clickhouse_query_duration_seconds_count{outcome="failed"} 1');
});
