import { describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { createIngestorMetrics } from '../metrics.ts';
import { InsertError } from './errors.ts';
import { measuredInsert } from './measured-insert.ts';

const value = async (registry: Registry, metric: string): Promise<string> =>
  registry.getSingleMetricAsString(metric).then((text) => text.split('\n').at(-1) ?? '');

const block = (rows: number) => ({ columns: [], rows, bytes: Buffer.alloc(0) });

describe('measuredInsert', () => {
  it('counts rows once they are acknowledged', async () => {
    const registry = new Registry();
    await measuredInsert(() => Promise.resolve(), createIngestorMetrics(registry))('boots', [block(1), block(1)]);
    expect(await value(registry, 'eveys_ocpp_ingestor_rows_total')).toMatch(/\{table="boots"\} 2$/);
    expect(await value(registry, 'eveys_ocpp_ingestor_insert_duration_seconds')).toMatch(/_count\{table="boots"\} 1$/);
  });

  it('counts a failure and no rows when they are not, and passes the error on', async () => {
    const registry = new Registry();
    const away = new InsertError('boots', 'away');
    const sut = measuredInsert(() => Promise.reject(away), createIngestorMetrics(registry));
    await expect(sut('boots', [block(1)])).rejects.toBe(away);
    expect(await value(registry, 'eveys_ocpp_ingestor_insert_failures_total')).toMatch(/\{table="boots"\} 1$/);
    expect(await value(registry, 'eveys_ocpp_ingestor_rows_total')).not.toMatch(/boots/);
  });
});
