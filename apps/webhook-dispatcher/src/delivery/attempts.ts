import { GroupCommit, type ClaimedDelivery, type Received } from '@ocpp-gw/persistence';
import type { Logger } from '@ocpp-gw/service-kit';
import type { WebhookMetrics } from '../metrics.ts';
import { secretsAt, type Subscription } from '../subscriptions/subscriptions.ts';
import type { DeliveryQueue } from './delivery-queue.ts';
import type { Post } from './post.ts';
import type { Schedule } from './schedule.ts';
import { sign } from './signature.ts';
import { verdict, type Answer, type Verdict } from './verdict.ts';

export interface AttemptsOptions {
  queue: DeliveryQueue;
  /** Disables the subscription for all dispatchers. */
  disable: (subscription: Subscription, reason: string) => Promise<void>;
  post: (post: Post) => Promise<Answer>;
  schedule: Schedule;
  timeoutMs: number;
  metrics: WebhookMetrics;
  logger: Logger;
}

/** Outcomes that share a statement: nobody waits for one but the next event of the charge point. */
const MARKS = { paceMs: 20, limit: 500 };

/** Makes one attempt for each claimed delivery and writes its outcome. */
export class Attempts {
  private readonly received: GroupCommit<Received>;

  constructor(private readonly options: AttemptsOptions) {
    this.received = new GroupCommit({ commit: (received) => options.queue.markDelivered(received), ...MARKS });
  }

  async run(subscription: Subscription, delivery: ClaimedDelivery, answered?: () => void): Promise<void> {
    const { post, schedule, timeoutMs, metrics } = this.options;
    const now = new Date();
    const headers = sign(delivery.eventId, now, delivery.body, secretsAt(subscription, now));
    const startedAt = performance.now();
    const answer = await post({ url: subscription.url, headers, body: delivery.body, timeoutMs });
    answered?.();
    metrics.attemptSeconds.observe({ subscription: subscription.name }, (performance.now() - startedAt) / 1000);
    const result = verdict(answer, { number: delivery.attempts, now: new Date(), random: Math.random() }, schedule);
    metrics.attempts.inc({ subscription: subscription.name, outcome: result.kind });
    await this.record(subscription, delivery, result);
  }

  private async record(subscription: Subscription, delivery: ClaimedDelivery, result: Verdict): Promise<void> {
    const { queue, metrics, logger } = this.options;
    const fields = {
      subscription: subscription.name,
      cpId: delivery.cpId,
      eventId: delivery.eventId,
      eventType: delivery.eventType,
      attempt: delivery.attempts,
    };
    switch (result.kind) {
      case 'delivered':
        await this.received.add([{ id: delivery.id, status: result.status }]);
        metrics.deliverySeconds.observe(
          { subscription: subscription.name },
          (Date.now() - delivery.createdAt.getTime()) / 1000,
        );
        logger.debug('webhook delivered', { ...fields, status: result.status });
        return;
      case 'retry':
        await queue.markRetry(delivery.id, result.at, result.reason, result.status, subscription.ordered);
        logger.warn('webhook attempt failed', { ...fields, reason: result.reason, nextAttemptAt: result.at });
        return;
      case 'dead':
        if (result.gone) await this.options.disable(subscription, 'its receiver answered 410 Gone');
        await queue.markDead(delivery.id, result.reason, result.status, subscription.ordered);
        logger.error('webhook delivery is dead', { ...fields, reason: result.reason });
        return;
    }
  }
}
