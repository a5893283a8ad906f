import { randomUUID } from 'node:crypto';
import { EVENT_STREAM_GROUP, type Topic } from '@ocpp-gw/contracts';
import type { Consumer, EachBatchPayload } from 'kafkajs';
import { kafkaClient, type ClientOptions } from './client.ts';
import { decode, type DecodedMessage } from './decode.ts';
import { RetriableError } from './errors.ts';
import { copyOf, type Positions } from './positions.ts';

export interface PositionReaderOptions extends ClientOptions {
  /** Called with each event in the order of its partition. The next batch waits for it. */
  onEvent: (topic: Topic, message: DecodedMessage, offset: number) => Promise<void> | void;
  /** Called after the events of a batch. */
  onPositions: (topic: Topic, partition: number, next: number) => Promise<void> | void;
  /** Called once when the reader cannot go on. */
  onFailure: (error: Error) => void;
}

const HEARTBEAT_MS = 3_000;
const SESSION_TIMEOUT_MS = 10_000;
const MAX_WAIT_MS = 250;

/**
 * Reads topics from given offsets. The client library reads only as a member of a group, so each reader has a group of its own. It commits
 * nothing: when it joins again, it goes on from its own positions.
 */
export class PositionReader {
  private readonly options: PositionReaderOptions;
  private readonly positions: Positions;
  private readonly consumer: Consumer;
  private stopped = false;

  constructor(options: PositionReaderOptions, from: Positions) {
    this.options = options;
    this.positions = copyOf(from);
    this.consumer = kafkaClient(options).consumer({
      groupId: `${EVENT_STREAM_GROUP}-${randomUUID()}`,
      allowAutoTopicCreation: false,
      sessionTimeout: SESSION_TIMEOUT_MS,
      heartbeatInterval: HEARTBEAT_MS,
      maxWaitTimeInMs: MAX_WAIT_MS,
      retry: { retries: 4, restartOnFailure: () => Promise.resolve(false) },
    });
  }

  /** @throws RetriableError when Kafka is away. */
  async start(): Promise<void> {
    const { consumer } = this;
    let failure: Error | undefined;
    let started = false;
    consumer.on(consumer.events.GROUP_JOIN, () => this.seek());
    consumer.on(consumer.events.CRASH, ({ payload: { error } }) => {
      failure = error;
      if (started && !this.stopped) this.options.onFailure(error);
    });
    try {
      await consumer.connect();
      await consumer.subscribe({ topics: [...this.positions.keys()] });
      await consumer.run({
        autoCommit: false,
        partitionsConsumedConcurrently: 1,
        eachBatch: (payload) => this.eachBatch(payload),
      });
      if (failure) throw failure;
      started = true;
    } catch (cause) {
      await this.stop();
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new RetriableError(`cannot read from Kafka at ${this.options.brokers.join(',')} (${why})`, { cause });
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.consumer.disconnect().catch(() => undefined);
  }

  private seek(): void {
    for (const [topic, offsets] of this.positions)
      offsets.forEach((offset, partition) => this.consumer.seek({ topic, partition, offset: String(offset) }));
  }

  private async eachBatch({ batch, heartbeat, isStale }: EachBatchPayload): Promise<void> {
    const topic = batch.topic as Topic;
    const { partition } = batch;
    const offsets = this.positions.get(topic);
    if (!offsets || isStale()) return;
    const alive = setInterval(() => void heartbeat().catch(() => undefined), HEARTBEAT_MS);
    try {
      for (const { offset: text, key, value } of batch.messages) {
        const offset = Number(text);
        if (this.stopped || isStale()) return;
        if (offset < (offsets[partition] ?? 0)) continue;
        offsets[partition] = offset + 1;
        const raw = { topic, partition, offset: text, key: key?.toString() ?? '', raw: value ?? new Uint8Array() };
        const decoded = decode(raw);
        // Its consumers move it to their dead-letter topics.
        if (decoded.ok) await this.options.onEvent(topic, decoded.message, offset);
      }
      offsets[partition] = Math.max(offsets[partition] ?? 0, Number(batch.lastOffset()) + 1);
      await this.options.onPositions(topic, partition, offsets[partition]);
    } finally {
      clearInterval(alive);
    }
  }
}
