import { setTimeout as sleep } from 'node:timers/promises';
import type { ClaimedDelivery } from '@ocpp-gw/persistence';
import type { Logger } from '@ocpp-gw/service-kit';
import type { Subscription, Subscriptions } from '../subscriptions/subscriptions.ts';
import type { DeliveryQueue } from './delivery-queue.ts';

/** Least time between two claims that are not full. */
const GATHER_MS = 20;

export interface SubscriptionWorkerOptions {
  /** Of the subscription. */
  name: string;
  subscriptions: Subscriptions;
  queue: Pick<DeliveryQueue, 'claimDue'>;
  attempt: (subscription: Subscription, delivery: ClaimedDelivery) => Promise<void>;
  /** Rows that were enqueued later have to wait; see Watermark. */
  settledBefore: () => Date;
  /** Greatest number of attempts of this subscription at the same time. */
  concurrency: number;
  /** A claim without an outcome within this time is due again. It must exceed the timeout of an attempt. */
  leaseMs: number;
  /** How often the table is asked for rows that became due or that another pod added. */
  pollMs: number;
  logger: Logger;
}

/**
 * Delivers to one subscription. Each subscription has its own worker and its own share of attempts, so one receiver never
 * delays another. Claims are leases, so the workers of one subscription in several processes share its deliveries.
 */
export class SubscriptionWorker {
  private readonly running = new Set<Promise<void>>();
  private readonly stopping = new AbortController();
  private loop: Promise<void> | undefined;
  private resume: () => void = () => undefined;
  private woken = false;

  constructor(private readonly options: SubscriptionWorkerOptions) {}

  start(): void {
    this.loop ??= this.run();
  }

  /** Wakes the worker, because a delivery may be due. */
  wake(): void {
    this.woken = true;
    this.resume();
  }

  /** Stops to claim. Resolves when the running attempts have ended and their outcomes are written. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.resume();
    await this.loop;
    await Promise.all(this.running);
  }

  private async run(): Promise<void> {
    const { name, subscriptions, concurrency, pollMs } = this.options;
    while (!this.stopping.signal.aborted && subscriptions.isActive(name)) {
      const free = concurrency - this.running.size;
      const since = performance.now();
      const claimed = free > 0 ? await this.claim(free) : 0;
      const full = claimed === free;
      // Fewer rows than requested mean that nothing more is due until time passes, a row is added, or an attempt ends.
      if (!full || free === 0) await this.idle(pollMs);
      await this.gather(since, full);
    }
  }

  /** Delays the next claim, because a claim for each attempt that ends costs the database more than one with many rows. */
  private async gather(since: number, full: boolean): Promise<void> {
    for (;;) {
      const left = since + GATHER_MS - performance.now();
      const roomy = full && this.running.size <= this.options.concurrency / 2;
      if (left <= 0 || roomy || this.stopping.signal.aborted) return;
      await this.idle(left);
    }
  }

  private async claim(limit: number): Promise<number> {
    const { name, subscriptions, queue, leaseMs, settledBefore, logger } = this.options;
    const subscription = subscriptions.get(name);
    if (!subscription) return 0;
    try {
      const { ordered } = subscription;
      const due = { limit, now: new Date(), leaseMs, settledBefore: settledBefore() };
      const claimed = await queue.claimDue({ ...due, subscription: name, ordered });
      for (const delivery of claimed) this.attempt(subscription, delivery);
      return claimed.length;
    } catch (error) {
      logger.error('webhook deliveries cannot be claimed', { subscription: name, err: error });
      return 0;
    }
  }

  private attempt(subscription: Subscription, delivery: ClaimedDelivery): void {
    const { attempt, logger } = this.options;
    const running = attempt(subscription, delivery)
      .catch((error: unknown) => {
        // The claim expires and the delivery is made again (at least once).
        const { id, cpId, eventId } = delivery;
        logger.error('webhook outcome cannot be written', {
          subscription: subscription.name,
          id,
          cpId,
          eventId,
          err: error,
        });
      })
      .finally(() => {
        this.running.delete(running);
        this.wake();
      });
    this.running.add(running);
  }

  /** Waits until the worker is woken, also where that was before, or until it is time to ask again. */
  private async idle(ms: number): Promise<void> {
    if (!this.woken && !this.stopping.signal.aborted) {
      const timer = new AbortController();
      const woken = new Promise<void>((resolve) => (this.resume = resolve));
      await Promise.race([woken, sleep(ms, undefined, { signal: timer.signal }).catch(() => undefined)]);
      timer.abort();
    }
    this.woken = false;
  }
}
