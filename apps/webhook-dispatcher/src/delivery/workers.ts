import type { Subscriptions } from '../subscriptions/subscriptions.ts';
import type { HeldDelivery } from './held-deliveries.ts';
import { SubscriptionWorker, type SubscriptionWorkerOptions } from './subscription-worker.ts';

/** One worker for each subscription that is active. */
export class Workers {
  private readonly byName = new Map<string, SubscriptionWorker>();
  private readonly ending = new Set<Promise<void>>();
  private readonly heldBytes = { bytes: 0 };
  private stopped = false;

  constructor(
    private readonly subscriptions: Subscriptions,
    private readonly options: Omit<SubscriptionWorkerOptions, 'name' | 'subscriptions' | 'heldBytes'>,
  ) {}

  /** Starts workers of subscriptions that have become active, and ends those of the others. */
  reconcile(): void {
    if (this.stopped) return;
    const { subscriptions } = this;
    for (const [name, worker] of this.byName) if (!subscriptions.isActive(name)) this.end(name, worker);
    for (const { name } of subscriptions.all) {
      if (this.byName.has(name) || !subscriptions.isActive(name)) continue;
      const worker = new SubscriptionWorker({ ...this.options, name, subscriptions, heldBytes: this.heldBytes });
      this.byName.set(name, worker);
      worker.start();
    }
  }

  /** Deliveries of these may be due; without names, of all. */
  wake(names: Iterable<string> = this.byName.keys()): void {
    for (const name of names) this.byName.get(name)?.wake();
  }

  /** Whether rows of this subscription may be held. */
  holds(name: string): boolean {
    return this.byName.get(name)?.holds ?? false;
  }

  /** Rows that this process holds now. A worker that has ended meanwhile leaves them to others. */
  hold(name: string, deliveries: readonly HeldDelivery[]): void {
    const worker = this.byName.get(name);
    if (worker) worker.hold(deliveries);
    else
      void this.options.queue.release(deliveries).catch((err: unknown) => {
        this.options.logger.error('webhook deliveries cannot be given back', { subscription: name, err });
      });
  }

  /** Stops to begin attempts. Resolves when the running ones have ended. */
  async stop(): Promise<void> {
    this.stopped = true;
    for (const [name, worker] of this.byName) this.end(name, worker);
    await Promise.all(this.ending);
  }

  private end(name: string, worker: SubscriptionWorker): void {
    this.byName.delete(name);
    const ending = worker.stop().finally(() => this.ending.delete(ending));
    this.ending.add(ending);
  }
}
