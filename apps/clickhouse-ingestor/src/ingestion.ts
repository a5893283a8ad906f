import { clickhouseTarget } from '@ocpp-gw/clickhouse';
import { CONSUMED, CONSUMERS } from '@ocpp-gw/contracts';
import { EventConsumer, type DecodedBatch, type PartitionLag } from '@ocpp-gw/kafka';
import { inBatchSpan, isTracing, messagingSpan, type Logger } from '@ocpp-gw/service-kit';
import { BatchWriter, type TableBlock } from './batch/batch-writer.ts';
import { ClickHouseInserter } from './batch/clickhouse-inserter.ts';
import { countingFailures, measuredInsert } from './batch/measured-insert.ts';
import { tracedInsert } from './batch/traced-insert.ts';
import type { Config } from './config.ts';
import type { IngestorMetrics } from './metrics.ts';
import { rowsOf } from './rows/rows-of.ts';

/**
 * Number of partitions whose rows may share a batch: all of a fetch. Each waits for the acknowledgement of the batch
 * before it continues.
 */
const PARTITIONS_AT_ONCE = 256;
const MESSAGES_AT_ONCE = 5_000;
/** The partitions of a fetch come one after the other. */
const BATCH_MS = 50;
const MESSAGES_OF_BLOCK = 200;
const LAG_INTERVAL_MS = 5_000;

/**
 * Writes events from Kafka to ClickHouse. The offsets of a partition are committed once ClickHouse has acknowledged its
 * rows.
 */
export class Ingestion {
  readonly consumer: EventConsumer;
  readonly inserter: ClickHouseInserter;
  private readonly writer: BatchWriter;
  private readonly metrics: IngestorMetrics;

  constructor(config: Config, metrics: IngestorMetrics, logger: Logger) {
    const inserter = new ClickHouseInserter(clickhouseTarget(config, 'clickhouse-ingestor'));
    this.inserter = inserter;
    this.metrics = metrics;
    const insert = measuredInsert((table, blocks) => inserter.insert(table, blocks), metrics);
    this.writer = new BatchWriter({
      insert: isTracing() ? tracedInsert(insert) : insert,
      maxRows: config.EVEYS_OCPP_INGESTOR_BATCH_MAX_ROWS,
      maxAgeMs: BATCH_MS,
    });
    this.consumer = new EventConsumer({
      brokers: config.EVEYS_OCPP_KAFKA_BROKERS,
      clientId: config.EVEYS_OCPP_POD_NAME,
      groupId: CONSUMERS.ingestor,
      topics: CONSUMED[CONSUMERS.ingestor],
      concurrency: PARTITIONS_AT_ONCE,
      maxBatchMessages: MESSAGES_AT_ONCE,
      gatherMs: config.EVEYS_OCPP_INGESTOR_BATCH_MAX_AGE_MS,
      onBatch: (batch) => this.receive(batch),
      onDeadLetter: (topic, reason) => metrics.deadLetters.inc({ topic, reason }),
      onTaken: metrics.consumed.taken,
      onLag: (lag) => report(metrics, lag),
      lagIntervalMs: LAG_INTERVAL_MS,
      logger,
    });
    metrics.readLagSeconds((topic) => this.consumer.lagSeconds(topic));
  }

  /** ClickHouse may be away at any time, also at start. The partitions then wait, and the lag shows it. */
  async start(): Promise<void> {
    await this.consumer.start();
  }

  async stop(): Promise<void> {
    this.writer.flush();
    await this.consumer.stop();
    await this.inserter.stop();
  }

  private receive(batch: DecodedBatch): Promise<void> {
    const { topic, messages } = batch;
    return inBatchSpan(
      messagingSpan('process', { system: 'kafka', destination: topic, count: messages.length }),
      messages.map(({ event }) => event.traceparent),
      (span) => this.take(batch, span?.traceparent),
    );
  }

  private async take({ topic, messages }: DecodedBatch, traceparent?: string): Promise<void> {
    const blocks: TableBlock[] = [];
    // Some at a time: rows that become bytes at once are cheap garbage.
    for (let start = 0; start < messages.length; start += MESSAGES_OF_BLOCK) {
      const some = messages.slice(start, start + MESSAGES_OF_BLOCK);
      const rows = some.flatMap(({ event }) => rowsOf(event));
      blocks.push(...(await countingFailures(() => this.inserter.encode(rows), this.metrics)));
    }
    for (const { block } of blocks) block.traceparent = traceparent;
    await this.writer.write(blocks);
    const oldest = Math.min(...messages.map(({ event }) => event.recordedAt?.getTime() ?? Infinity));
    if (Number.isFinite(oldest)) this.metrics.freshness.observe({ topic }, Math.max(0, Date.now() - oldest) / 1000);
  }
}

function report(metrics: IngestorMetrics, lag: readonly PartitionLag[]): void {
  for (const [topic, partitions] of Map.groupBy(lag, (partition) => partition.topic))
    metrics.lag.set(
      { topic },
      partitions.reduce((sum, partition) => sum + partition.lag, 0),
    );
}
