import { setTimeout as sleep } from 'node:timers/promises';
import { deadLetterTopic, type Consumer as ConsumerName, type Topic } from '@ocpp-gw/contracts';
import type { Consumer, EachBatchPayload, Kafka, KafkaMessage } from 'kafkajs';
import { kafkaClient } from './client.ts';
import type { DecodedBatch, RawMessage } from './decode.ts';
import { deadLetterHeaders } from './dead-letter-headers.ts';
import {
  deliver,
  type DeadLetterCause,
  type DeliveryPorts,
  type DeliveryResult,
  type RetryPolicy,
} from './delivery.ts';
import { RetriableError } from './errors.ts';
import { FetchPace } from './fetch-pace.ts';
import { LagWatch } from './lag-watch.ts';
import type { PartitionLag } from './lag.ts';
import type { Logger } from './logger.ts';
import { OffsetCommits } from './offset-commits.ts';
import { OldestUntaken } from './oldest-untaken.ts';
import { EventProducer } from './producer.ts';

export interface EventConsumerOptions {
  brokers: readonly string[];
  clientId: string;
  /** Consumer group, and owner of the dead-letter topics. */
  groupId: ConsumerName;
  topics: readonly Topic[];
  /**
   * Offsets are committed soon after it resolved, those of all partitions together. Called for several partitions at
   * once (see `concurrency`), for one partition one at a time. Throw a PermanentError for a message that can never be
   * taken; anything else is tried again, for ever.
   */
  onBatch: (batch: DecodedBatch) => Promise<void>;
  /** Messages of a topic that is not wanted now are passed over unread. All topics are wanted unless given. */
  wants?: (topic: Topic) => boolean;
  /** Partitions handled at once. */
  concurrency?: number;
  /** Messages of one partition given to `onBatch` at once, at most. */
  maxBatchMessages?: number;
  retry?: Partial<RetryPolicy>;
  /** A partition whose batch could not be taken rests this long before it comes again. */
  pauseMs?: number;
  /**
   * Messages gather this long between two fetches, unless more are waiting: each fetch costs the broker and us as much as
   * hundreds of messages.
   */
  gatherMs?: number;
  /** Called once a message is in its dead-letter topic. */
  onDeadLetter?: (topic: string, cause: DeadLetterCause) => void;
  /** Called for the metrics, once a batch is taken or in dead-letter topics. */
  onTaken?: (topic: string, messages: number, seconds: number) => void;
  /** The whole group's progress, every 15 s. */
  onLag?: (lag: readonly PartitionLag[]) => void;
  lagIntervalMs?: number;
  logger?: Logger;
}

const DEFAULT_RETRY: RetryPolicy = { attempts: 4, firstMs: 200, maxMs: 2_000 };
const HEARTBEAT_MS = 3_000;
/** A fetch that finds nothing costs the broker and us some milliseconds each. To stop waits for the fetch that runs. */
const EMPTY_FETCH_MS = 2_000;
/** How long the partitions of a consumer that died, or whose broker restarted, stand still. */
const SESSION_TIMEOUT_MS = 10_000;
/** Of one fetch, as the broker keeps them: compressed batches become ten times as large here. */
const PARTITION_BYTES = 512 * 1024;
const REBUILD_DELAY_MS = 2_000;
const LAG_INTERVAL_MS = 15_000;

/** Runs batches of a consumer group: at least once, in partition order, never dropping (see {@link deliver}). */
export class EventConsumer {
  private readonly options: EventConsumerOptions;
  private readonly retry: RetryPolicy;
  private readonly kafka: Kafka;
  private readonly deadLetters: EventProducer;
  private readonly lagWatch: LagWatch;
  private readonly stopping = new AbortController();
  private consumer: Consumer | undefined;
  private commits: OffsetCommits | undefined;
  private readonly untaken = new OldestUntaken();
  private readonly pace: FetchPace;
  private running = false;
  private joined = false;
  private paused = false;

  constructor(options: EventConsumerOptions) {
    this.options = options;
    this.retry = { ...DEFAULT_RETRY, ...options.retry };
    this.kafka = kafkaClient(options);
    this.deadLetters = new EventProducer(options);
    this.pace = new FetchPace(options.gatherMs ?? 0, this.stopping.signal);
    const { groupId, topics, onLag, lagIntervalMs = LAG_INTERVAL_MS, logger } = options;
    const admin = this.kafka.admin();
    this.lagWatch = new LagWatch({ admin, groupId, topics, onLag, intervalMs: lagIntervalMs, logger });
  }

  /** Joins the group and begins to consume. Call it once everything that `onBatch` needs is up. */
  async start(): Promise<void> {
    try {
      await this.run();
    } catch (cause) {
      await this.leave();
      throw new RetriableError(
        `cannot consume from Kafka at ${this.options.brokers.join(',')}: check EVEYS_OCPP_KAFKA_BROKERS, and that the topics were created`,
        { cause },
      );
    }
    this.lagWatch.start();
  }

  /** Lets running batches end and commits them; gives the partitions back. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.joined = false;
    await this.leave();
    await this.deadLetters.stop();
    await this.lagWatch.stop();
  }

  /** @throws RetriableError while this consumer is no member of its group. */
  ready(): Promise<void> {
    return this.joined ? Promise.resolve() : Promise.reject(new RetriableError('not a member of the consumer group'));
  }

  /** Nothing new is fetched; what was fetched is still handled. */
  pause(): void {
    this.paused = true;
    if (this.running) this.consumer?.pause(this.options.topics.map((topic) => ({ topic })));
  }

  resume(): void {
    this.paused = false;
    if (this.running) this.consumer?.resume(this.options.topics.map((topic) => ({ topic })));
  }

  /** The whole group's progress in these topics now. @throws while Kafka is away */
  progressOf(topics: readonly Topic[]): Promise<readonly PartitionLag[]> {
    return this.lagWatch.progressOf(topics);
  }

  /** Seconds since the oldest message of the topic was written that this consumer holds and has not taken; 0 when there is none. */
  lagSeconds(topic: Topic): number {
    return this.untaken.ageMs(topic, Date.now()) / 1000;
  }

  private async run(): Promise<void> {
    const consumer = this.kafka.consumer({
      groupId: this.options.groupId,
      allowAutoTopicCreation: false,
      sessionTimeout: SESSION_TIMEOUT_MS,
      heartbeatInterval: HEARTBEAT_MS,
      maxWaitTimeInMs: EMPTY_FETCH_MS,
      maxBytesPerPartition: PARTITION_BYTES,
      retry: { retries: 8, restartOnFailure: () => Promise.resolve(!this.stopping.signal.aborted) },
    });
    const commits = new OffsetCommits((offsets) => consumer.commitOffsets(offsets), this.options.logger);
    this.consumer = consumer;
    this.commits = commits;
    consumer.on(consumer.events.FETCH_START, () => this.pace.began());
    consumer.on(consumer.events.REBALANCING, () => void commits.flush());
    consumer.on(consumer.events.GROUP_JOIN, () => {
      commits.forget();
      this.untaken.forget();
      this.joined = true;
    });
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      this.joined = false;
      this.options.logger?.warn('consumer left its group', { err: payload.error });
      // The library gives up on errors that it holds to be final; a consumer that is up and consumes nothing is worse.
      if (!payload.restart) void this.rebuild();
    });
    await consumer.connect();
    await consumer.subscribe({ topics: [...this.options.topics], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: this.options.concurrency ?? 8,
      eachBatch: (payload) => this.eachBatch(payload),
    });
    this.running = true;
    if (this.paused) this.pause();
  }

  private async rebuild(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      await this.wait(REBUILD_DELAY_MS);
      if (this.stopping.signal.aborted) return;
      try {
        this.running = false;
        await this.leave();
        await this.run();
        if (this.stopping.signal.aborted) await this.leave();
        return;
      } catch (error) {
        this.options.logger?.warn('consumer not rebuilt yet', { err: error });
      }
    }
  }

  private async leave(): Promise<void> {
    await this.commits?.flush();
    this.commits?.forget();
    await this.consumer?.disconnect();
  }

  private async eachBatch(payload: EachBatchPayload): Promise<void> {
    const { batch, resolveOffset, heartbeat, pause, isRunning, isStale } = payload;
    const { topic, partition } = batch;
    const wanted = this.options.wants?.(topic as Topic) ?? true;
    // A slow batch must not cost the membership. If a heartbeat fails, the next fetch finds out why.
    const alive = setInterval(() => void heartbeat().catch(() => undefined), HEARTBEAT_MS);
    try {
      const size = this.options.maxBatchMessages ?? 500;
      for (let start = 0; start < batch.messages.length; start += size) {
        if (this.stopping.signal.aborted || !isRunning() || isStale()) return;
        const messages = batch.messages.slice(start, start + size);
        this.untaken.hold(topic, partition, Number(messages[0]?.timestamp));
        const startedAt = performance.now();
        if (wanted && (await this.take(topic, partition, messages)) === 'later') {
          // Pausing one partition would lift the pause of all.
          if (!this.paused) this.rest(pause());
          return;
        }
        if (wanted) this.options.onTaken?.(topic, messages.length, (performance.now() - startedAt) / 1000);
        const last = messages.at(-1)?.offset ?? batch.lastOffset();
        resolveOffset(last);
        this.commits?.add({ topic, partition, offset: (BigInt(last) + 1n).toString() });
      }
      const last = batch.messages.at(-1);
      const hasMore = BigInt(batch.offsetLag()) > 0n;
      // What comes next is no older than this.
      if (last && hasMore) this.untaken.hold(topic, partition, Number(last.timestamp));
      else this.untaken.release(topic, partition);
      await this.pace.gathered(hasMore);
    } finally {
      clearInterval(alive);
    }
  }

  private take(topic: string, partition: number, messages: readonly KafkaMessage[]): Promise<DeliveryResult> {
    const raw = messages.map(({ offset, key, value, headers }) => ({
      topic,
      partition,
      offset,
      key: key?.toString() ?? '',
      raw: value ?? new Uint8Array(),
      ...(headers && { headers }),
    }));
    return deliver(raw, this.retry, this.ports());
  }

  /** The unresolved messages are fetched again once the partition is resumed. */
  private rest(resume: () => void): void {
    void this.wait(this.options.pauseMs ?? 5_000).then(() => {
      if (!this.stopping.signal.aborted && !this.paused) resume();
    });
  }

  private ports(): DeliveryPorts {
    const { onBatch, onDeadLetter, logger } = this.options;
    return {
      onBatch,
      ...(onDeadLetter && { onDeadLetter }),
      deadLetter: (message, reason) => this.deadLetter(message, reason),
      wait: (ms) => this.wait(ms),
      stopping: this.stopping.signal,
      ...(logger ? { logger } : {}),
    };
  }

  private async deadLetter(message: RawMessage, reason: string): Promise<void> {
    const { topic, key, raw } = message;
    const headers = deadLetterHeaders(message, reason);
    await this.deadLetters.send([
      { topic: deadLetterTopic(this.options.groupId, topic as Topic), key, value: raw, headers },
    ]);
  }

  private async wait(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}
