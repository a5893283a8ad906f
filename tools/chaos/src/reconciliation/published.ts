import { randomUUID } from 'node:crypto';
import { TOPICS, decodeEvent, type Event, type MeterValuesReported } from '@ocpp-gw/contracts';
import { Kafka, logLevel, type Consumer } from 'kafkajs';
import type { Kind, Published } from './facts.ts';

const READ = [TOPICS.transactionStarted, TOPICS.transactionUpdated, TOPICS.transactionEnded, TOPICS.meter];

/** Reads what was published from the beginning on, as any consumer with the .proto would. */
export class PublishedEvents {
  /** Each topic's in the order of its partitions, doubles among them. */
  readonly seen: Published[] = [];
  readonly #consumer: Consumer;

  constructor(brokers: string) {
    const kafka = new Kafka({ brokers: brokers.split(','), logLevel: logLevel.NOTHING });
    this.#consumer = kafka.consumer({ groupId: `chaos-${randomUUID()}` });
  }

  async start(): Promise<void> {
    await this.#consumer.connect();
    await this.#consumer.subscribe({ topics: READ, fromBeginning: true });
    await this.#consumer.run({
      eachMessage: async ({ message }) => {
        this.seen.push(...publishedOf(decodeEvent(message.value ?? Buffer.alloc(0))));
      },
    });
  }

  async stop(): Promise<void> {
    await this.#consumer.disconnect();
  }
}

const ENERGY = 'Energy.Active.Import.Register';

const KINDS: Readonly<Record<string, Kind>> = {
  transactionStarted: 'started',
  transactionUpdated: 'updated',
  transactionEnded: 'ended',
  meterValuesReported: 'meter',
};

export function publishedOf({ id, cpId, payload }: Event): Published[] {
  const kind = KINDS[payload?.$case ?? ''];
  if (!kind) return [];
  const { transactionId, seqNo = 0, samples } = payload?.value as MeterValuesReported & { seqNo?: number };
  const taken = samples
    .filter(({ measurand }) => measurand === ENERGY)
    .map(({ sampledAt, value = NaN, context }) => ({ at: sampledAt?.getTime() ?? NaN, wh: value, context }));
  return [{ id, cpId, kind, transactionId, seqNo, samples: taken }];
}
