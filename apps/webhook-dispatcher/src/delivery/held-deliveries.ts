import type { ClaimedDelivery, Held } from '@ocpp-gw/persistence';

/** A row that this process wrote and delivers from memory. */
export interface HeldDelivery extends ClaimedDelivery, Held {
  /** Unix milliseconds: something older of its charge point is pending, and it is not asked about before. */
  restsUntil?: number;
}

/** What all subscriptions of a process hold together. */
export interface HeldBytes {
  bytes: number;
}

/** Of one subscription. Beyond it, as beyond the bytes, rows are claimed as if another process had written them. */
const ROWS = 2_000;
const BYTES = 32 * 1024 * 1024;
/** Nothing begins later: an outcome has to be written while the row is still held. */
const BEGIN_MARGIN_MS = 4_000;
/** An attempt that still runs then becomes a claim. */
const CLAIM_MARGIN_MS = 3_000;

/** The rows of one subscription that are held: in order, one of each charge point at a time, the oldest first. */
export class HeldDeliveries {
  /** Those of a charge point, oldest first. */
  private readonly waiting = new Map<string, HeldDelivery[]>();
  /** Charge points of which one is under way. */
  private readonly busy = new Set<string>();
  private readonly underWay = new Map<string, HeldDelivery>();
  private count = 0;

  constructor(
    private readonly isOrdered: () => boolean,
    private readonly all: HeldBytes,
  ) {}

  /** Rows that are waiting or under way. */
  get size(): number {
    return this.count + this.underWay.size;
  }

  /** Whether more may be held. */
  get hasRoom(): boolean {
    return this.size < ROWS && this.all.bytes < BYTES;
  }

  add(deliveries: readonly HeldDelivery[]): void {
    for (const delivery of deliveries) {
      const queue = this.waiting.get(delivery.cpId) ?? [];
      const later = queue.findLastIndex((one) => isBefore(one, delivery));
      queue.splice(later + 1, 0, delivery);
      this.waiting.set(delivery.cpId, queue);
      this.count += 1;
      this.all.bytes += delivery.body.length;
    }
  }

  /** Those that may be next, as far as this process knows. */
  candidates(settledBefore: Date, now: Date, limit: number): HeldDelivery[] {
    const found: HeldDelivery[] = [];
    for (const [cpId, queue] of this.waiting) {
      if (found.length >= limit) break;
      if (this.isOrdered()) {
        const [first] = queue;
        if (first && !this.busy.has(cpId) && first.createdAt < settledBefore && mayBegin(first, now)) found.push(first);
      } else found.push(...queue.filter((one) => mayBegin(one, now)).slice(0, limit - found.length));
    }
    return found;
  }

  /** Something older is pending elsewhere. The others go first. */
  rest(delivery: HeldDelivery, until: number): void {
    delivery.restsUntil = until;
    const queue = this.waiting.get(delivery.cpId);
    if (!queue) return;
    this.waiting.delete(delivery.cpId);
    this.waiting.set(delivery.cpId, queue);
  }

  begin(delivery: HeldDelivery): void {
    this.remove(delivery);
    this.all.bytes += delivery.body.length;
    this.underWay.set(delivery.id, delivery);
    this.busy.add(delivery.cpId);
  }

  /** Its outcome is written, or cannot be. */
  end({ id, cpId, body }: HeldDelivery): void {
    this.underWay.delete(id);
    this.busy.delete(cpId);
    this.all.bytes -= body.length;
  }

  remove(delivery: HeldDelivery): void {
    const left = this.waiting.get(delivery.cpId)?.filter((one) => one !== delivery) ?? [];
    if (left.length > 0) this.waiting.set(delivery.cpId, left);
    else this.waiting.delete(delivery.cpId);
    this.count -= 1;
    this.all.bytes -= delivery.body.length;
  }

  /** Removes those that cannot begin any more; without a time, all that wait. */
  takeLate(now?: Date): HeldDelivery[] {
    const late = [...this.waiting.values()].flat().filter((one) => !now || !isInTime(one, now));
    for (const one of late) this.remove(one);
    return late;
  }

  /** Those under way for so long that they have to become claims. */
  overdue(now: Date): HeldDelivery[] {
    return [...this.underWay.values()].filter(({ heldUntil }) => Number(heldUntil) - CLAIM_MARGIN_MS <= Number(now));
  }
}

function isInTime({ heldUntil }: HeldDelivery, now: Date): boolean {
  return Number(heldUntil) - BEGIN_MARGIN_MS > Number(now);
}

function mayBegin(delivery: HeldDelivery, now: Date): boolean {
  return (delivery.restsUntil ?? 0) <= Number(now) && isInTime(delivery, now);
}

function isBefore(one: HeldDelivery, other: HeldDelivery): boolean {
  const byTime = Number(one.recordedAt) - Number(other.recordedAt);
  return byTime < 0 || (byTime === 0 && BigInt(one.id) < BigInt(other.id));
}
