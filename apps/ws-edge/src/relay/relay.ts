import { setTimeout as sleep } from 'node:timers/promises';
import { backoffMs } from '@ocpp-gw/async';
import { released, type Leadership, type Lease, type Outbox, type OutboxDepth } from '@ocpp-gw/persistence';
import type { Logger } from '@ocpp-gw/service-kit';
import type { Delivery } from './delivery.ts';
import { HeldShards } from './held-shards.ts';

/** For the metrics. */
export interface RelayObserver {
  depth?(depth: OutboxDepth): void;
  /** How many shards this instance leads now. */
  leads?(shards: number): void;
  /** An error ended a delivery; it begins again. */
  interrupted?(): void;
}

export interface RelayOptions {
  leadership: Leadership;
  outbox: Pick<Outbox, 'depth'>;
  logger: Logger;
  observer?: RelayObserver;
  /** Whether the commits of other instances wake this one now. */
  hears?: () => boolean;
  /** How long a leader that is not woken waits until it looks. */
  pollMs?: number;
  /** The same, where the commits of others do not wake it. */
  deafPollMs?: number;
  /** Rows gather this long between two looks, where the receiver takes many as cheaply as one. */
  gatherMs?: number;
  /** How often the shards are shared out anew. */
  reviewMs?: number;
  depthIntervalMs?: number;
}

const BACKOFF = { firstMs: 200, maxMs: 5_000 };
/** Between two reviews while shards change hands. */
const UNSETTLED_MS = 200;

/** Has the rows of one lane delivered, those of the shards that this instance leads. */
export class Relay {
  private readonly shards: HeldShards;
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;
  private depthTimer: NodeJS.Timeout | undefined;
  private readonly woken = new Set<number>();
  /** performance.now() time of the next look at all shards. */
  private lookAt = 0;
  private resume: () => void = () => undefined;
  private failures = 0;

  constructor(
    private readonly delivery: Delivery,
    private readonly options: RelayOptions,
  ) {
    this.shards = new HeldShards(delivery.lane);
  }

  start(): void {
    this.running ??= this.run();
    if (this.options.observer?.depth)
      this.depthTimer = setInterval(() => void this.readDepth(), this.options.depthIntervalMs ?? 5_000);
  }

  /** What is being delivered is finished; what is left stays in the outbox for whoever leads next. */
  async stop(): Promise<void> {
    this.stopping.abort();
    clearInterval(this.depthTimer);
    this.resume();
    await this.running;
  }

  leads(shard: number): boolean {
    return this.shards.leads(shard) && !this.stopping.signal.aborted;
  }

  /** Something was committed in the shard. */
  wake(shard: number): void {
    this.woken.add(shard);
    this.resume();
  }

  private async run(): Promise<void> {
    const { leadership, logger, reviewMs = 1_000 } = this.options;
    while (!this.stopping.signal.aborted) {
      try {
        if (this.failures > 0) await this.delivery.ready();
        const lease = await leadership.connect();
        if (await this.shards.join(lease)) await this.lead(lease);
        await this.pause(reviewMs);
      } catch (error) {
        this.failures += 1;
        this.options.observer?.interrupted?.();
        logger.warn('outbox relay interrupted', { lane: this.delivery.lane, err: error });
        await this.pause(backoffMs(this.failures, BACKOFF));
      }
    }
  }

  private async lead(lease: Lease): Promise<void> {
    let reviewAt = 0;
    this.lookAt = 0;
    try {
      while (!this.stopping.signal.aborted && !lease.lost.aborted) {
        if (performance.now() >= reviewAt) reviewAt = performance.now() + (await this.review(lease));
        const since = performance.now();
        if (await this.look(lease)) continue;
        await this.wokenOr(reviewAt);
        await this.gather(since);
      }
    } finally {
      await this.delivery.settle();
      await released(lease, () => this.shards.leave(lease));
      this.shards.clear();
      this.options.observer?.leads?.(0);
    }
  }

  /** @returns when to review again, milliseconds */
  private async review(lease: Lease): Promise<number> {
    const { logger, observer, reviewMs = 1_000 } = this.options;
    const before = this.shards.led;
    await this.shards.review(lease, (shard) => this.delivery.idle(shard));
    const { led, settled } = this.shards;
    const gained = led.filter((shard) => !before.includes(shard));
    for (const shard of gained) this.woken.add(shard);
    if (gained.length > 0 || led.length !== before.length)
      logger.info('outbox relay leads', { lane: this.delivery.lane, shards: led });
    observer?.leads?.(led.length);
    return settled ? reviewMs : Math.min(UNSETTLED_MS, reviewMs);
  }

  /** @returns whether there is more to do at once */
  private async look(lease: Lease): Promise<boolean> {
    const { pollMs = 5_000, deafPollMs = 250, hears = () => true } = this.options;
    const all = performance.now() >= this.lookAt;
    // Before the look: what is committed after it is announced by then.
    if (all) this.lookAt = performance.now() + (hears() ? pollMs : deafPollMs);
    const shards = this.shards.led.filter((shard) => all || this.woken.has(shard));
    this.woken.clear();
    if (shards.length === 0) {
      this.failures = 0;
      return false;
    }
    const next = await this.delivery.deliver(shards, {
      lease,
      leads: (shard) => this.leads(shard) && !lease.lost.aborted,
      wake: () => this.lookAtAll(0),
    });
    if (next.inMs !== undefined) this.lookAtAll(next.inMs);
    for (const shard of next.shards) this.woken.add(shard);
    if (next.shards.length > 0) return true;
    this.failures = 0;
    return false;
  }

  private lookAtAll(inMs: number): void {
    this.lookAt = Math.min(this.lookAt, performance.now() + inMs);
    this.resume();
  }

  private async wokenOr(time: number): Promise<void> {
    const ms = Math.min(time, this.lookAt) - performance.now();
    if (this.woken.size > 0 || ms <= 0 || this.stopping.signal.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    this.resume = resolve;
    await promise;
    clearTimeout(timer);
  }

  private async gather(since: number): Promise<void> {
    const ms = since + (this.options.gatherMs ?? 0) - performance.now();
    if (ms > 0) await this.pause(ms);
  }

  private async pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }

  private async readDepth(): Promise<void> {
    const { lane } = this.delivery;
    try {
      this.options.observer?.depth?.(await this.options.outbox.depth(lane));
    } catch (error) {
      this.options.logger.debug('outbox depth not read', { lane, err: error });
    }
  }
}
