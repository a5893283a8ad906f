import type { IngestorMetrics } from '../metrics.ts';
import type { BatchWriterOptions } from './batch-writer.ts';

type Insert = BatchWriterOptions['insert'];

/** Wraps an insert to count and measure it. */
export function measuredInsert(insert: Insert, metrics: IngestorMetrics): Insert {
  return async (table, blocks) => {
    const rows = blocks.reduce((sum, block) => sum + block.rows, 0);
    const stop = metrics.insertSeconds.startTimer({ table });
    try {
      await insert(table, blocks);
    } catch (error) {
      metrics.failures.inc({ table });
      throw error;
    }
    stop();
    metrics.insertRows.observe({ table }, rows);
    metrics.rows.inc({ table }, rows);
  };
}
