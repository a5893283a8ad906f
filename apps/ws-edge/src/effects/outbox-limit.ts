import type { RelayedLane } from '@ocpp-gw/persistence';
import type { Logger } from '@ocpp-gw/service-kit';
import { OutboxFullError } from './errors.ts';

/**
 * Where the outbox ends: Kafka or the backend have been away for so long that what waits for them would fill the disk,
 * and with it stop what goes on without them. From then on chargers keep what they have to tell.
 */
export class OutboxLimit {
  private readonly maxRows: number;
  private readonly logger: Logger;
  private readonly rows = new Map<RelayedLane, number>();
  private reached = false;

  constructor({ maxRows, logger }: { maxRows: number; logger: Logger }) {
    this.maxRows = maxRows;
    this.logger = logger;
  }

  /** The number as last read from Postgres; rows of both destinations count. */
  observe(lane: RelayedLane, rows: number): void {
    this.rows.set(lane, rows);
    const waiting = [...this.rows.values()].reduce((sum, one) => sum + one, 0);
    const reached = waiting >= this.maxRows;
    if (reached && !this.reached)
      this.logger.error('outbox is full: chargers hear InternalError until its receivers are back', { rows: waiting });
    if (!reached && this.reached) this.logger.info('outbox takes messages again', { rows: waiting });
    this.reached = reached;
  }

  /** @throws OutboxFullError */
  check(): void {
    if (this.reached) throw new OutboxFullError(this.maxRows);
  }
}
