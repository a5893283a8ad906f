import type { IngestorMetrics } from '../metrics.ts';
import type { BatchWriterOptions } from './batch-writer.ts';
import { InsertError } from './errors.ts';

type Insert = BatchWriterOptions['insert'];

/** Wraps an insert to count and measure it. */
export function measuredInsert(insert: Insert, metrics: IngestorMetrics): Insert {
  return async (table, blocks) => {
    const rows = blocks.reduce((sum, block) => sum + block.rows, 0);
    const stop = metrics.insertSeconds.startTimer({ table });
    await countingFailures(() => insert(table, blocks), metrics);
    stop();
    metrics.insertRows.observe({ table }, rows);
    metrics.rows.inc({ table }, rows);
  };
}

/** ClickHouse may be away already when it is asked what the table is made of. */
export async function countingFailures<T>(work: () => Promise<T>, metrics: IngestorMetrics): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof InsertError) metrics.failures.inc({ table: error.table });
    throw error;
  }
}
