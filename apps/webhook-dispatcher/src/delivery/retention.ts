import { HourlyDeletion, deleteInSteps } from '@ocpp-gw/async';
import type { WebhookTests } from '@ocpp-gw/persistence';
import type { Logger } from '@ocpp-gw/service-kit';
import type { DeliveryQueue } from './delivery-queue.ts';

/**
 * Delivered rows are kept to recognise repetitions by Kafka, which repeats nothing that is older than its retention, and to be sent
 * again. As long, rows wait for a subscription that is paused or disabled.
 */
const KEPT_MS = 7 * 24 * 3_600_000;
/** Rows that one statement deletes. */
const STEP = 10_000;

/** Removes old deliveries and tests of webhooks. */
export class Retention extends HourlyDeletion {
  constructor(
    queue: Pick<DeliveryQueue, 'deleteDelivered' | 'deleteForsaken'>,
    tests: Pick<WebhookTests, 'deleteOld'>,
    logger: Logger,
  ) {
    super({
      keptMs: KEPT_MS,
      async deleteOld(before) {
        const delivered = await deleteInSteps(STEP, (limit) => queue.deleteDelivered(before, limit));
        const lost = await deleteInSteps(STEP, (limit) => queue.deleteForsaken(before, limit));
        if (lost > 0)
          logger.warn('deliveries removed that waited too long for a webhook that is not active', { rows: lost });
        await tests.deleteOld(before);
        return delivered + lost;
      },
      failed: (err) => logger.warn('old deliveries to webhooks cannot be removed', { err }),
    });
  }
}
