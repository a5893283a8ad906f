import type { Logger } from '@ocpp-gw/service-kit';
import type { WebhookTests } from '@ocpp-gw/persistence';
import type { DeliveryQueue } from './delivery-queue.ts';

/**
 * Delivered rows are kept to recognise repetitions by Kafka, which repeats nothing that is older than its retention, and to be sent
 * again. As long, rows wait for a subscription that is paused or disabled.
 */
const KEPT_MS = 7 * 24 * 3_600_000;
const EVERY_MS = 3_600_000;
const AT_ONCE = 10_000;

/** Removes old rows in bounded steps, so that no statement runs long. */
export class Retention {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly queue: Pick<DeliveryQueue, 'deleteDelivered' | 'deleteForsaken'>,
    private readonly tests: Pick<WebhookTests, 'deleteOld'>,
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
      const before = new Date(now.getTime() - KEPT_MS);
      await allOf((limit) => this.queue.deleteDelivered(before, limit));
      const lost = await allOf((limit) => this.queue.deleteForsaken(before, limit));
      if (lost > 0)
        this.logger.warn('deliveries removed that waited too long for a webhook that is not active', { rows: lost });
      await this.tests.deleteOld(before);
    } catch (error) {
      this.logger.warn('old deliveries to webhooks cannot be removed', { err: error });
    }
  }
}

async function allOf(remove: (limit: number) => Promise<number>): Promise<number> {
  let all = 0;
  for (;;) {
    const removed = await remove(AT_ONCE);
    all += removed;
    if (removed < AT_ONCE) return all;
  }
}
