import type { Held } from '@ocpp-gw/persistence';
import type { Logger } from '@ocpp-gw/service-kit';
import type { Subscriptions } from '../subscriptions/subscriptions.ts';
import type { DeliveryQueue } from './delivery-queue.ts';
import { HeldDeliveries, type HeldBytes, type HeldDelivery } from './held-deliveries.ts';

/** Rows that one statement asks about. */
const AT_ONCE = 64;
/** Something older can be made pending again meanwhile. */
const FOUND_MS = 1_000;
const REST_MS = 250;
const KEEP_MS = 250;

export interface HeldWorkOptions {
  /** Of the subscription. */
  name: string;
  subscriptions: Subscriptions;
  queue: Pick<DeliveryQueue, 'stillHeld' | 'claimHeld' | 'release'>;
  heldBytes: HeldBytes;
  /** Duration of a claim. */
  leaseMs: number;
  logger: Logger;
}

/** What one worker holds, and which of it may begin. */
export class HeldWork {
  private readonly deliveries: HeldDeliveries;
  private found: HeldDelivery[] = [];
  private foundAt = -Infinity;
  private keptAt = -Infinity;
  private isLate = false;
  /** Something came or ended since the last look. */
  private changed = false;

  constructor(private readonly options: HeldWorkOptions) {
    this.deliveries = new HeldDeliveries(() => this.isOrdered, options.heldBytes);
  }

  get size(): number {
    return this.deliveries.size;
  }

  get hasRoom(): boolean {
    return !this.isLate && this.deliveries.hasRoom;
  }

  get mayBegin(): boolean {
    return this.changed && this.found.length === 0;
  }

  /** Whether all that is due could be claimed. */
  keepsUp(does: boolean): void {
    if (does) this.isLate = false;
  }

  add(deliveries: readonly HeldDelivery[]): void {
    this.deliveries.add(deliveries);
    this.changed = true;
  }

  end(delivery: HeldDelivery): void {
    this.deliveries.end(delivery);
    this.changed = true;
  }

  /** Begins one that may begin. */
  next(): HeldDelivery | undefined {
    if (performance.now() > this.foundAt + FOUND_MS) this.found = [];
    const delivery = this.found.shift();
    if (delivery) this.deliveries.begin(delivery);
    return delivery;
  }

  /** Finds out which may begin: in order, nothing older of the charge point may be pending in any process. */
  async find(settledBefore: Date): Promise<void> {
    if (this.found.length > 0) return;
    this.changed = false;
    const candidates = this.deliveries.candidates(settledBefore, new Date(), AT_ONCE);
    if (candidates.length === 0) return;
    this.found = this.isOrdered ? await this.first(candidates) : candidates;
    this.foundAt = performance.now();
  }

  /** What runs for long becomes a claim, and what comes too late is left to claims. */
  async keep(now = new Date()): Promise<void> {
    if (Number(now) < this.keptAt + KEEP_MS) return;
    this.keptAt = Number(now);
    const late = this.deliveries.takeLate(now);
    const overdue = this.deliveries.overdue(now);
    if (late.length > 0) {
      this.isLate = true;
      this.found = [];
      await this.write(() => this.options.queue.release(late));
    }
    if (overdue.length > 0) {
      const until = new Date(now.getTime() + this.options.leaseMs);
      await this.write(async () => {
        await this.options.queue.claimHeld(overdue, until);
        for (const one of overdue) one.heldUntil = until;
      });
    }
  }

  /** Others may deliver what waits here. */
  async release(): Promise<void> {
    this.found = [];
    const left: Held[] = this.deliveries.takeLate();
    if (left.length > 0) await this.write(() => this.options.queue.release(left));
  }

  private get isOrdered(): boolean {
    return this.options.subscriptions.get(this.options.name)?.ordered ?? true;
  }

  private async first(candidates: readonly HeldDelivery[]): Promise<HeldDelivery[]> {
    const { queue, name, logger } = this.options;
    try {
      const held = new Map((await queue.stillHeld(candidates)).map(({ id, isFirst }) => [id, isFirst]));
      const restsUntil = Date.now() + REST_MS;
      for (const one of candidates)
        if (!held.has(one.id)) this.deliveries.remove(one);
        else if (!held.get(one.id)) this.deliveries.rest(one, restsUntil);
      return candidates.filter(({ id }) => held.get(id));
    } catch (err) {
      logger.error('webhook deliveries cannot be claimed', { subscription: name, err });
      return [];
    }
  }

  /** What cannot be written is due when it is held no longer. */
  private async write(work: () => Promise<void>): Promise<void> {
    const { name, logger } = this.options;
    await work().catch((err: unknown) =>
      logger.error('webhook deliveries cannot be given back', { subscription: name, err }),
    );
  }
}
