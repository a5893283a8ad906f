import type { Logger } from '@ocpp-gw/service-kit';
import type { DeliveryQueue } from './delivery-queue.ts';

/**
 * Delivered rows are kept to recognise repetitions by Kafka, which repeats nothing that is older than its retention.
 */
const KEPT_MS = 7 * 24 * 3_600_000;
const EVERY_MS = 3_600_000;
const AT_ONCE = 10_000;

/** Removes old delivered rows in bounded steps, so that no statement runs long. */
export class Retention {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly queue: Pick<DeliveryQueue, 'deleteDelivered'>,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.timer ??= setInterval(() => void this.run(new Date()), EVERY_MS);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  async run(now: Date): Promise<void> {
    try {
      let removed = AT_ONCE;
      while (removed === AT_ONCE)
        removed = await this.queue.deleteDelivered(new Date(now.getTime() - KEPT_MS), AT_ONCE);
    } catch (error) {
      this.logger.warn('delivered webhooks cannot be removed', { err: error });
    }
  }
}
