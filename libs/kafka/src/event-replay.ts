import type { Topic } from '@ocpp-gw/contracts';
import type { Admin, SeekEntry, TopicPartitionOffset } from 'kafkajs';
import { kafkaClient, ONCE } from './client.ts';
import type { DecodedMessage } from './decode.ts';
import { RetriableError } from './errors.ts';
import { PositionReader } from './position-reader.ts';
import { hasReached, type Positions } from './positions.ts';
import type { ReplayOptions } from './replay-options.ts';

const NAME = 'replay-events';

/** The events that lie between two times, for a consumer group or for whoever visits them. */
export class EventReplay {
  private readonly brokers: readonly string[];

  constructor(brokers: readonly string[]) {
    this.brokers = brokers;
  }

  /**
   * Sets the offsets of the group, which may be new, to the first event since the time. Other topics of the group stay where they are.
   * @returns the number of partitions @throws RetriableError also when a consumer of the group runs
   */
  async setGroup(groupId: string, { topics, since }: ReplayOptions): Promise<number> {
    const offsets = await this.ask(async (admin) => {
      const { groups } = await admin.describeGroups([groupId]);
      // Its consumers would commit their own offsets over these.
      if (groups.some(({ members }) => members.length > 0)) throw new Error(`consumers of ${groupId} run`);
      const found: TopicPartitionOffset[] = [];
      for (const topic of topics) {
        const entries = await admin.fetchTopicOffsetsByTimestamp(topic, since);
        found.push(...entries.map(({ partition, offset }) => ({ topic, partition, offset })));
      }
      return found;
    });
    await this.commit(groupId, topics, offsets);
    return offsets.length;
  }

  /** As a member of the group: the admin client of the library joins it once for each topic, and each takes seconds. */
  private async commit(
    groupId: string,
    topics: readonly Topic[],
    offsets: readonly TopicPartitionOffset[],
  ): Promise<void> {
    const kafka = kafkaClient({ brokers: this.brokers, clientId: NAME });
    const consumer = kafka.consumer({ groupId, allowAutoTopicCreation: false, retry: ONCE });
    try {
      await consumer.connect();
      await consumer.subscribe({ topics: [...topics] });
      const joined = new Promise<void>((resolve, reject) => {
        consumer.on(consumer.events.GROUP_JOIN, () => resolve());
        consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
      });
      await consumer.run({ autoCommit: false, eachBatchAutoResolve: false, eachBatch: () => Promise.resolve() });
      await joined;
      await consumer.commitOffsets([...offsets]);
    } catch (cause) {
      throw new RetriableError(`the offsets of ${groupId} were not set`, { cause });
    } finally {
      await consumer.disconnect();
    }
  }

  /** Visits the events in the order of each partition. @throws RetriableError */
  async each({ topics, since, until }: ReplayOptions, visit: (message: DecodedMessage) => void): Promise<void> {
    const [from, to] = await this.ask(async (admin) => {
      const at = (time: number | undefined) => positionsAt(admin, topics, time);
      return [await at(since), await at(until)] as const;
    });
    const reached: Positions = new Map([...from].map(([topic, offsets]) => [topic, [...offsets]]));
    if (hasReached(reached, to)) return;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const reader = new PositionReader(
      {
        brokers: this.brokers,
        clientId: NAME,
        onEvent: (topic, message, offset) => {
          if (offset < (to.get(topic)?.[message.partition] ?? 0)) visit(message);
        },
        onPositions: (topic, partition, next) => {
          const offsets = reached.get(topic);
          if (offsets) offsets[partition] = next;
          if (hasReached(reached, to)) resolve();
        },
        onFailure: reject,
      },
      from,
    );
    try {
      await reader.start();
      await promise;
    } finally {
      await reader.stop();
    }
  }

  private async ask<T>(question: (admin: Admin) => Promise<T>): Promise<T> {
    const admin = kafkaClient({ brokers: this.brokers, clientId: NAME }).admin();
    try {
      await admin.connect();
      return await question(admin);
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new RetriableError(
        `cannot replay from Kafka at ${this.brokers.join(',')} (${why}): check EVEYS_OCPP_KAFKA_BROKERS, and that no consumer of the group runs`,
        { cause },
      );
    } finally {
      await admin.disconnect().catch(() => undefined);
    }
  }
}

/** Where each partition is at the time; where it ends when the time is absent or after its last event. */
async function positionsAt(admin: Admin, topics: readonly Topic[], time: number | undefined): Promise<Positions> {
  const positions: Positions = new Map();
  for (const topic of topics) {
    const entries: SeekEntry[] = await (time === undefined
      ? admin.fetchTopicOffsets(topic)
      : admin.fetchTopicOffsetsByTimestamp(topic, time));
    const offsets: number[] = [];
    for (const { partition, offset } of entries) offsets[partition] = Number(offset);
    positions.set(topic, offsets);
  }
  return positions;
}
