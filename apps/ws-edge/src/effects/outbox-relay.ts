import { isPermanent, type EventProducer } from '@ocpp-gw/kafka';
import type { Lease, OutboxRow } from '@ocpp-gw/persistence';
import { Relay, type Lane, type RelayOptions } from './relay.ts';

export interface OutboxRelayOptions extends RelayOptions {
  producer: Pick<EventProducer, 'send'>;
}

const BATCH = 500;
const VACUUM_AFTER_ROWS = 20_000;

/** Outbox to Kafka: in id order, so each charger's events keep theirs; a row goes once Kafka has acknowledged it. */
export class OutboxRelay implements Lane {
  readonly name = 'kafka';
  private readonly options: OutboxRelayOptions;
  private readonly relay: Relay;
  private removed = 0;

  constructor(options: OutboxRelayOptions) {
    this.options = options;
    this.relay = new Relay(this, options);
  }

  start(): void {
    this.relay.start();
  }

  stop(): Promise<void> {
    return this.relay.stop();
  }

  nudge(): void {
    this.relay.nudge();
  }

  async drain({ connection }: Lease): Promise<boolean> {
    const { outbox, observer } = this.options;
    const rows = await outbox.take(this.name, BATCH, { connection });
    if (rows.length === 0) return false;
    try {
      await this.send(rows);
    } catch (error) {
      if (!isPermanent(error)) throw error;
      await this.sendOneByOne(rows, connection);
      return true;
    }
    await outbox.remove(
      rows.map((row) => row.id),
      connection,
    );
    observer?.delivered?.(rows);
    this.removed += rows.length;
    if (this.removed >= VACUUM_AFTER_ROWS) {
      this.removed = 0;
      await outbox.vacuum(connection);
    }
    return rows.length === BATCH;
  }

  settle(): Promise<void> {
    return Promise.resolve();
  }

  /** Finds the row that Kafka will never take, and moves it aside; the others go on in order. */
  private async sendOneByOne(rows: readonly OutboxRow[], connection: Lease['connection']): Promise<void> {
    const { outbox, logger } = this.options;
    for (const row of rows) {
      try {
        await this.send([row]);
        await outbox.remove([row.id], connection);
      } catch (error) {
        if (!isPermanent(error)) throw error;
        await outbox.bury(row.id, 'kafka-dead', connection);
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
