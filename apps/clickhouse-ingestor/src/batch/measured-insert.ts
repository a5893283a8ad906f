import type { IngestorMetrics } from '../metrics.ts';
import type { BatchWriterOptions } from './batch-writer.ts';

type Insert = BatchWriterOptions['insert'];

/** Wraps an insert to count and measure it. */
export function measuredInsert(insert: Insert, metrics: IngestorMetrics): Insert {
  return async (table, rows) => {
    const stop = metrics.insertSeconds.startTimer({ table });
    try {
      await insert(table, rows);
    } catch (error) {
      metrics.failures.inc({ table });
      throw error;
    }
    stop();
    metrics.insertRows.observe({ table }, rows.length);
    metrics.rows.inc({ table }, rows.length);
  };
}
