import type { Topic } from '@ocpp-gw/contracts';
import type { Admin } from 'kafkajs';
import { kafkaClient, type ClientOptions } from './client.ts';
import { RetriableError } from './errors.ts';

/** The offsets that a partition still has: from the first one kept to the one that the next message will get. */
export interface Kept {
  low: number;
  high: number;
}

/** Asks which events Kafka keeps. */
export class EventLog {
  private readonly admin: Admin;

  constructor(options: ClientOptions) {
    this.admin = kafkaClient(options).admin();
  }

  /** Of each topic what each partition keeps. @throws RetriableError when Kafka is away or a topic is missing. */
  async kept(topics: readonly Topic[]): Promise<Map<Topic, Kept[]>> {
    try {
      await this.admin.connect();
      const each = topics.map(async (topic): Promise<[Topic, Kept[]]> => {
        const kept: Kept[] = [];
        for (const { partition, low, high } of await this.admin.fetchTopicOffsets(topic))
          kept[partition] = { low: Number(low), high: Number(high) };
        return [topic, kept];
      });
      return new Map(await Promise.all(each));
    } catch (cause) {
      throw new RetriableError('cannot ask Kafka for the offsets of the event topics', { cause });
    }
  }

  async stop(): Promise<void> {
    await this.admin.disconnect().catch(() => undefined);
  }
}
