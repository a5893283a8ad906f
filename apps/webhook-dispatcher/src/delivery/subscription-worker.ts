import { setTimeout as sleep } from 'node:timers/promises';
import type { ClaimedDelivery } from '@ocpp-gw/persistence';
import type { Logger } from '@ocpp-gw/service-kit';
import type { Subscription, Subscriptions } from '../subscriptions/subscriptions.ts';
import type { DeliveryQueue } from './delivery-queue.ts';
import { HeldWork } from './held-work.ts';
import type { HeldBytes, HeldDelivery } from './held-deliveries.ts';

/** Least time between two looks into the table that are not full. */
const GATHER_MS = 20;
/** How often what is held is looked at while nothing wakes the worker. */
const HELD_POLL_MS = 250;

export interface SubscriptionWorkerOptions {
  /** Of the subscription. */
  name: string;
  subscriptions: Subscriptions;
  queue: Pick<DeliveryQueue, 'claimDue' | 'stillHeld' | 'claimHeld' | 'release'>;
  /** It calls `answered` when the POST has ended, and resolves when its outcome is written. */
  attempt: (subscription: Subscription, delivery: ClaimedDelivery, answered: () => void) => Promise<void>;
  /** Of all subscriptions. */
  heldBytes: HeldBytes;
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
 * Delivers to one subscription: from memory what this process wrote, and by claims what waits to be tried again or comes
 * from others. Each subscription has its own worker and its own share of attempts, so one receiver never delays another.
 * What is held and what is claimed is leased, so the workers of one subscription in several processes share its deliveries.
 */
export class SubscriptionWorker {
  private readonly running = new Set<Promise<void>>();
  /** Attempts that are not answered yet. */
  private posting = 0;
  private readonly held: HeldWork;
  private readonly stopping = new AbortController();
  private loop: Promise<void> | undefined;
  private resume: () => void = () => undefined;
  private woken = false;
  private mayBeDue = true;
  private full = false;
  /** performance.now() times. */
  private lookedAt = -Infinity;
  private claimedAt = -Infinity;

  constructor(private readonly options: SubscriptionWorkerOptions) {
    this.held = new HeldWork(options);
  }

  start(): void {
    this.loop ??= this.run();
  }

  /** Wakes the worker, because a delivery may be due. */
  wake(): void {
    this.mayBeDue = true;
    this.lookAgain();
  }

  /** Whether it takes more rows to hold. One that cannot keep up does not until it has made up for it. */
  get holds(): boolean {
    return !this.stopping.signal.aborted && this.held.hasRoom;
  }

  hold(deliveries: readonly HeldDelivery[]): void {
    this.held.add(deliveries);
    if (this.stopping.signal.aborted) void this.held.release();
    this.lookAgain();
  }

  /** Stops to begin attempts. Resolves when the running ones have ended and their outcomes are written. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.resume();
    await this.loop;
    await this.held.release();
    const keeping = setInterval(() => void this.held.keep(), HELD_POLL_MS);
    await Promise.all(this.running);
    clearInterval(keeping);
  }

  private async run(): Promise<void> {
    const { name, subscriptions } = this.options;
    while (!this.stopping.signal.aborted && subscriptions.isActive(name)) {
      await this.held.keep();
      this.beginHeld();
      const ms = this.untilLook();
      if (ms > 0) await this.idle(ms);
      else await this.look();
    }
  }

  /** A look for each attempt that ends would cost the database more than one for many rows. */
  private untilLook(): number {
    const { concurrency, pollMs } = this.options;
    const now = performance.now();
    if (this.free <= 0) return this.held.size > 0 ? HELD_POLL_MS : pollMs;
    if (this.full && this.posting <= concurrency / 2) return 0;
    const gathered = this.lookedAt + GATHER_MS - now;
    if (this.mayBeDue || this.full || this.held.mayBegin) return gathered;
    const polled = this.claimedAt + pollMs - now;
    return Math.max(gathered, this.held.size > 0 ? Math.min(polled, this.lookedAt + HELD_POLL_MS - now) : polled);
  }

  private async look(): Promise<void> {
    const { pollMs } = this.options;
    this.lookedAt = performance.now();
    await this.held.find(this.options.settledBefore());
    // What is held must not keep what is claimed from its turn.
    const share = this.held.size > 0 ? Math.ceil(this.free / 2) : this.free;
    if (!this.mayBeDue && !this.full && this.lookedAt < this.claimedAt + pollMs) return;
    this.mayBeDue = false;
    this.claimedAt = this.lookedAt;
    this.full = share > 0 && (await this.claim(share)) === share;
    this.held.keepsUp(!this.full);
  }

  private get free(): number {
    return this.options.concurrency - this.posting;
  }

  private beginHeld(): void {
    const subscription = this.options.subscriptions.get(this.options.name);
    while (subscription && this.free > 0) {
      const delivery = this.held.next();
      if (!delivery) return;
      this.attempt(subscription, delivery, () => {
        this.held.end(delivery);
        this.lookAgain();
      });
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
      for (const delivery of claimed) this.attempt(subscription, delivery, () => this.wake());
      return claimed.length;
    } catch (error) {
      logger.error('webhook deliveries cannot be claimed', { subscription: name, err: error });
      return 0;
    }
  }

  private attempt(subscription: Subscription, delivery: ClaimedDelivery, ended: () => void): void {
    const { attempt, logger } = this.options;
    let isAnswered = false;
    const answered = (): void => {
      if (isAnswered) return;
      isAnswered = true;
      this.posting -= 1;
      this.lookAgain();
    };
    this.posting += 1;
    const running = attempt(subscription, delivery, answered)
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
        answered();
        ended();
      });
    this.running.add(running);
  }

  private lookAgain(): void {
    this.woken = true;
    this.resume();
  }

  /** Waits until the worker is woken, also where that was before, or until it is time to look again. */
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
