import { KeyedQueue } from '@ocpp-gw/async';
import { eventHeaders } from '@ocpp-gw/contracts';
import { Partitioners, type IHeaders, type Kafka, type Producer, type TopicMessages } from 'kafkajs';
import { kafkaClient } from './client.ts';
import { RetriableError, asSendError } from './errors.ts';
import type { Logger } from './logger.ts';
import { splitBySize } from './split-by-size.ts';

export interface OutgoingMessage {
  topic: string;
  /** Decides the partition: messages of one key keep their order. */
  key: string;
  value: Uint8Array;
  /** Those of an event unless given. */
  headers?: IHeaders;
}

export interface EventProducerOptions {
  brokers: readonly string[];
  clientId: string;
  logger?: Logger;
  /** Brokers refuse a batch above `message.max.bytes` (1 MiB unless set); a request is kept below this. */
  maxRequestBytes?: number;
  /** Called for the metrics: how a send ended, how long it took once it was its turn, and how many messages of each topic it had. */
  onSent?: (outcome: 'ok' | 'failed', seconds: number, messages: ReadonlyMap<string, number>) => void;
}

const DEFAULT_MAX_REQUEST_BYTES = 768 * 1024;

/** Idempotent producer: a message is taken once all in-sync replicas have it. Sends run one after another. */
export class EventProducer {
  private readonly kafka: Kafka;
  private readonly logger: Logger | undefined;
  private readonly maxRequestBytes: number;
  private readonly onSent: EventProducerOptions['onSent'];
  private producer: Producer | undefined;
  private readonly queue = new KeyedQueue<'all'>();

  constructor(options: EventProducerOptions) {
    this.kafka = kafkaClient(options);
    this.logger = options.logger;
    this.maxRequestBytes = options.maxRequestBytes ?? DEFAULT_MAX_REQUEST_BYTES;
    this.onSent = options.onSent;
  }

  /** Connects early where Kafka is there; where it is not, {@link send} connects when it is back. */
  async start(): Promise<void> {
    try {
      await this.serially(() => this.connected());
    } catch (error) {
      this.logger?.warn('kafka is away at start', { err: error });
    }
  }

  /** After what is being sent has been sent. */
  async stop(): Promise<void> {
    await this.serially(() => this.discard());
  }

  /** @throws RetriableError when no broker answers. */
  async ready(): Promise<void> {
    const admin = this.kafka.admin({ retry: { retries: 0 } });
    try {
      await admin.connect();
      await admin.describeCluster();
    } catch (cause) {
      throw new RetriableError('kafka does not answer', { cause });
    } finally {
      await admin.disconnect().catch(() => undefined);
    }
  }

  /**
   * Resolves once all messages are acknowledged, in their order for each key. On an error some may have been taken:
   * sending all of them again is right, and consumers deduplicate by event id.
   * @throws RetriableError | PermanentError
   */
  async send(messages: readonly OutgoingMessage[]): Promise<void> {
    await this.serially(async () => {
      const startedAt = performance.now();
      const report = (outcome: 'ok' | 'failed'): void =>
        this.onSent?.(outcome, (performance.now() - startedAt) / 1000, countByTopic(messages));
      try {
        const producer = await this.connected();
        for (const part of splitBySize(messages, this.maxRequestBytes))
          await producer.sendBatch({ topicMessages: byTopic(part), acks: -1 });
        report('ok');
      } catch (error) {
        report('failed');
        // A later send may not hold the same messages under the same sequence numbers: the broker would take it for a
        // repetition and drop it. A new producer id starts new sequences.
        await this.discard();
        throw asSendError(error);
      }
    });
  }

  private async connected(): Promise<Producer> {
    if (this.producer) return this.producer;
    const producer = this.kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
      retry: { retries: 4 },
    });
    await producer.connect();
    this.producer = producer;
    return producer;
  }

  private async discard(): Promise<void> {
    const producer = this.producer;
    this.producer = undefined;
    await producer?.disconnect().catch((error: unknown) => {
      this.logger?.debug('kafka producer did not disconnect cleanly', { err: error });
    });
  }

  private serially<T>(task: () => Promise<T>): Promise<T> {
    return this.queue.run('all', task);
  }
}

function countByTopic(messages: readonly OutgoingMessage[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { topic } of messages) counts.set(topic, (counts.get(topic) ?? 0) + 1);
  return counts;
}

function byTopic(messages: readonly OutgoingMessage[]): TopicMessages[] {
  const topics = new Map<string, TopicMessages>();
  for (const { topic, key, value, headers = eventHeaders(topic, value) } of messages) {
    const entry = topics.get(topic) ?? { topic, messages: [] };
    entry.messages.push({ key, value: Buffer.from(value), headers });
    topics.set(topic, entry);
  }
  return [...topics.values()];
}
