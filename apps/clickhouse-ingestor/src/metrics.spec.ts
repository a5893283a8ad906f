import { describe, expect, it } from '@jest/globals';
import { ALL_TOPICS, TOPICS } from '@ocpp-gw/contracts';
import { Registry } from 'prom-client';
import { createIngestorMetrics } from './metrics.ts';

describe('createIngestorMetrics', () => {
  it('has a series for each topic and reason of a dead letter before there is one', async () => {
    const registry = new Registry();
    createIngestorMetrics(registry);
    const text = await registry.getSingleMetricAsString('eveys_ocpp_ingestor_dead_letters_total');
    for (const topic of ALL_TOPICS)
      for (const reason of ['undecodable', 'refused'])
        expect(text).toContain(`eveys_ocpp_ingestor_dead_letters_total{topic="${topic}",reason="${reason}"} 0`);
  });

  it('asks for the age of what waits at each scrape', async () => {
    const registry = new Registry();
    let age = 0;
    createIngestorMetrics(registry).readLagSeconds((topic) => (topic === TOPICS.meter ? (age += 5) : 0));
    const read = () => registry.getSingleMetricAsString('eveys_ocpp_ingestor_lag_seconds');
    expect(await read()).toContain('{topic="cp.meter"} 5\n');
    expect(await read()).toContain('{topic="cp.meter"} 10\n');
    expect(await read()).toContain('{topic="cp.boot"} 0\n');
  });
});
