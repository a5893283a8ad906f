import { ALL_TOPICS, CONSUMERS, deadLetterTopic } from '@ocpp-gw/contracts';
import type { ITopicConfig } from 'kafkajs';
import { kafkaClient } from './client.ts';
import { RetriableError } from './errors.ts';
import type { Logger } from './logger.ts';

export interface CreateTopicsOptions {
  brokers: readonly string[];
  /** Of each event topic. Dead-letter topics have one: they are read by people. */
  partitions: number;
  replicationFactor: number;
  /** Event topics; every consumer's dead-letter topics come with them. All unless given. */
  topics?: readonly (typeof ALL_TOPICS)[number][];
  logger?: Logger;
}

export interface CreatedTopics {
  created: string[];
  existing: string[];
}

const THIRTY_DAYS_MS = 30 * 24 * 3600 * 1000;
/** Twice what a broker takes by default: a dead letter is its message with the reason and the origin as headers. */
const DEAD_LETTER_MAX_BYTES = 2 * 1024 * 1024;

/** Creates what is missing; what exists is left as it is. */
export async function createTopics(options: CreateTopicsOptions): Promise<CreatedTopics> {
  const wanted = plan(options);
  const admin = kafkaClient({ ...options, clientId: 'create-topics' }).admin();
  try {
    await admin.connect();
    const present = new Set(await admin.listTopics());
    const missing = wanted.filter(({ topic }) => !present.has(topic));
    // False only where someone else created one of them at the same moment.
    if (missing.length > 0) await admin.createTopics({ topics: missing, waitForLeaders: true });
    const created = missing.map(({ topic }) => topic);
    return { created, existing: wanted.map(({ topic }) => topic).filter((topic) => present.has(topic)) };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new RetriableError(
      `cannot create topics at ${options.brokers.join(',')} (${why}): check EVEYS_OCPP_KAFKA_BROKERS, and that there are as many brokers as replicas`,
      { cause },
    );
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}

/** What should exist. */
export function plan({ partitions, replicationFactor, topics = ALL_TOPICS }: CreateTopicsOptions): ITopicConfig[] {
  // With three replicas one may be away and acks=all still holds in two places.
  const durable = replicationFactor > 2 ? [{ name: 'min.insync.replicas', value: '2' }] : [];
  const events = topics.map((topic) => ({
    topic,
    numPartitions: partitions,
    replicationFactor,
    configEntries: durable,
  }));
  const dead = Object.values(CONSUMERS).flatMap((consumer) =>
    topics.map((topic) => ({
      topic: deadLetterTopic(consumer, topic),
      numPartitions: 1,
      replicationFactor,
      configEntries: [
        ...durable,
        { name: 'retention.ms', value: String(THIRTY_DAYS_MS) },
        { name: 'max.message.bytes', value: String(DEAD_LETTER_MAX_BYTES) },
      ],
    })),
  );
  return [...events, ...dead];
}
