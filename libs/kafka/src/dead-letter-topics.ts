import { CONSUMED, CONSUMERS, deadLetterTopic } from '@ocpp-gw/contracts';
import type { Consumer, IHeaders, Kafka, KafkaMessage } from 'kafkajs';
import { ONCE, kafkaClient } from './client.ts';
import { originalHeaders } from './dead-letter-headers.ts';
import { RetriableError } from './errors.ts';
import { readLag } from './lag.ts';
import { EventProducer } from './producer.ts';

const NAME = 'dead-letters';
const TOPICS = Object.values(CONSUMERS).flatMap((consumer) =>
  CONSUMED[consumer].map((topic) => deadLetterTopic(consumer, topic)),
);

export interface DeadLetter {
  /** `<dead-letter topic>@<offset>`: they have one partition. */
  id: string;
  cpId: string;
  /** Why its consumer could not take it. */
  reason: string;
  /** The topic and offset it came from; null when they were not recorded, so that it cannot be replayed. */
  origin: { topic: string; partition: string; offset: string } | null;
  at: Date;
  value: Uint8Array;
  /** Those of the message before it became a dead letter. */
  headers: IHeaders;
}

/**
 * The messages that consumers could not take. Kafka keeps them for their retention time; the committed offsets of a consumer group
 * of our own say up to where it has been replayed.
 */
export class DeadLetters {
  private readonly brokers: readonly string[];
  private readonly kafka: Kafka;

  constructor(brokers: readonly string[]) {
    this.brokers = brokers;
    this.kafka = kafkaClient({ brokers, clientId: NAME });
  }

  /** Visits all that has not been replayed, in the order of each topic. @throws RetriableError */
  async each(visit: (letter: DeadLetter) => void): Promise<void> {
    await this.read((letter) => Promise.resolve(visit(letter)));
  }

  /**
   * Produces them to the topic they came from, for every consumer of it: all that has not been replayed, which counts as
   * replayed from then on, or the ones named. What several consumers could not take is produced once: else it would come
   * back as many more letters each time. `visit` hears of each once Kafka has it, and of those without an origin.
   * @throws RetriableError | PermanentError
   */
  async replay(ids: ReadonlySet<string> | 'all', visit: (letter: DeadLetter) => void): Promise<void> {
    const producer = new EventProducer({ brokers: this.brokers, clientId: NAME });
    const produced = new Set<string>();
    try {
      await this.read(async (letter, done) => {
        const { id, cpId, origin, value, headers } = letter;
        if (ids !== 'all' && !ids.has(id)) return;
        const place = origin && `${origin.topic}/${origin.partition}@${origin.offset}`;
        if (place && !produced.has(place)) {
          // As it was: with anything added, the largest one would be too large.
          await producer.send([{ topic: origin.topic, key: cpId, value, headers }]);
          produced.add(place);
        }
        visit(letter);
        if (ids === 'all') await done();
      });
    } finally {
      await producer.stop();
    }
  }

  private async read(visit: (letter: DeadLetter, done: () => Promise<void>) => Promise<void>): Promise<void> {
    const ends = await this.ends();
    if (ends.size === 0) return;
    const consumer = this.kafka.consumer({
      groupId: NAME,
      allowAutoTopicCreation: false,
      maxWaitTimeInMs: 200,
      retry: ONCE,
    });
    try {
      await consumer.connect();
      await consumer.subscribe({ topics: [...ends.keys()], fromBeginning: true });
      await untilEnds(consumer, ends, visit);
    } finally {
      await consumer.disconnect();
    }
  }

  /** The topics that hold something not replayed, and the offsets at which they end now. */
  private async ends(): Promise<Map<string, bigint>> {
    const admin = this.kafka.admin();
    try {
      await admin.connect();
      const present = new Set(await admin.listTopics());
      const lags = await readLag(
        admin,
        NAME,
        TOPICS.filter((topic) => present.has(topic)),
      );
      return new Map(lags.filter(({ lag }) => lag > 0).map(({ topic, end }) => [topic, end]));
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new RetriableError(
        `no Kafka at ${this.brokers.join(',')} (${why}): check that it runs and that EVEYS_OCPP_KAFKA_BROKERS is right`,
        { cause },
      );
    } finally {
      await admin.disconnect().catch(() => undefined);
    }
  }
}

async function untilEnds(
  consumer: Consumer,
  ends: Map<string, bigint>,
  visit: (letter: DeadLetter, done: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
  await consumer.run({
    autoCommit: false,
    eachMessage: async ({ topic, partition, message }) => {
      const end = ends.get(topic);
      if (end === undefined) return;
      const next = BigInt(message.offset) + 1n;
      const done = () => consumer.commitOffsets([{ topic, partition, offset: String(next) }]);
      try {
        await visit(letterOf(topic, message), done);
      } catch (error) {
        reject(error as Error);
        throw error;
      }
      if (next >= end) ends.delete(topic);
      if (ends.size === 0) resolve();
    },
  });
  await promise;
}

function letterOf(dead: string, { offset, key, value, headers = {}, timestamp }: KafkaMessage): DeadLetter {
  const text = (name: string): string | undefined => headers[name]?.toString();
  const [topic, partition, place] = [text('topic'), text('partition'), text('offset')];
  return {
    id: `${dead}@${offset}`,
    cpId: key?.toString() ?? '',
    reason: text('reason') ?? 'not known',
    origin: topic && partition && place ? { topic, partition, offset: place } : null,
    at: new Date(Number(timestamp)),
    value: value ?? new Uint8Array(),
    headers: originalHeaders(headers),
  };
}
