import { inBatchSpan } from '@ocpp-gw/service-kit';
import type { BatchWriterOptions } from './batch-writer.ts';

type Insert = BatchWriterOptions['insert'];

/** A span for each insert, linked to the batches of messages that its rows come from. */
export function tracedInsert(insert: Insert): Insert {
  return (table, blocks) =>
    inBatchSpan(
      {
        name: `INSERT ${table}`,
        kind: 'client',
        attributes: {
          'db.system.name': 'clickhouse',
          'db.operation.name': 'INSERT',
          'db.collection.name': table,
          'db.operation.batch.size': blocks.reduce((sum, { rows }) => sum + rows, 0),
        },
      },
      blocks.map(({ traceparent }) => traceparent),
      () => insert(table, blocks),
    );
}
