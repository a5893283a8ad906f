import { isPermanent, type EventProducer } from '@ocpp-gw/kafka';
import type { Outbox, OutboxRow } from '@ocpp-gw/persistence';
import type { Logger } from '@ocpp-gw/service-kit';
import { full, type Delivery, type NextLook, type Turn } from './delivery.ts';

export interface KafkaDeliveryOptions {
  outbox: Pick<Outbox, 'take' | 'remove' | 'setAside'>;
  producer: Pick<EventProducer, 'send' | 'ready'>;
  logger: Logger;
  delivered?: (rows: number) => void;
}

const BATCH = 500;

/** Outbox to Kafka: in id order, so each charger's events keep theirs; a row goes once Kafka has acknowledged it. */
export class KafkaDelivery implements Delivery {
  readonly lane = 'kafka';

  constructor(private readonly options: KafkaDeliveryOptions) {}

  ready(): Promise<void> {
    return this.options.producer.ready();
  }

  async deliver(shards: readonly number[], { lease }: Turn): Promise<NextLook> {
    const { outbox, delivered } = this.options;
    const limit = Math.ceil(BATCH / shards.length);
    const rows = await outbox.take(this.lane, shards, { limit, connection: lease });
    if (rows.length === 0) return { shards: [] };
    try {
      await this.send(rows);
    } catch (error) {
      if (!isPermanent(error)) throw error;
      await this.sendOneByOne(rows, lease);
      return { shards };
    }
    await outbox.remove(
      rows.map((row) => row.id),
      lease,
    );
    delivered?.(rows.length);
    return { shards: full(rows, limit) };
  }

  idle(): boolean {
    return true;
  }

  settle(): Promise<void> {
    return Promise.resolve();
  }

  /** Finds the row that Kafka will never take, and moves it aside; the others go on in order. */
  private async sendOneByOne(rows: readonly OutboxRow[], lease: Turn['lease']): Promise<void> {
    const { outbox, logger } = this.options;
    for (const row of rows) {
      try {
        await this.send([row]);
        await outbox.remove([row.id], lease);
      } catch (error) {
        if (!isPermanent(error)) throw error;
        await outbox.setAside(row.id, 'kafka-dead', lease);
        logger.error('event can never be produced', { cpId: row.cpId, topic: row.destination, id: row.id, err: error });
      }
    }
  }

  private send(rows: readonly OutboxRow[]): Promise<void> {
    return this.options.producer.send(
      rows.map((row) => ({ topic: row.destination, key: row.cpId, value: row.payload })),
    );
  }
}
