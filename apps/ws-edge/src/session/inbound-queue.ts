import { setTimeout as sleep } from 'node:timers/promises';
import { TokenBucket } from './token-bucket.ts';

export interface InboundQueueOptions {
  /** Number of waiting items at which the source is paused. It resumes at half of them. */
  pauseAt: number;
  /**
   * Number of waiting items beyond which the peer is disconnected. What was read before the pause still fits below it.
   */
  overflowAt: number;
  rate: { perSecond: number; burst: number };
  /** Time of continuous throttling after which the peer is disconnected. */
  throttleLimitMs: number;
}

/** Shared by the queues of all owners. */
export interface InboundQueuePorts<T, Owner> {
  handle: (item: T, owner: Owner) => Promise<void>;
  pause: (owner: Owner) => void;
  resume: (owner: Owner) => void;
  /** Called at most once, when the peer sends more than it may and does not slow down. */
  excess: (reason: string, owner: Owner) => void;
}

/**
 * The queue of one charge point's messages, which are handled one at a time and in order. A full queue first stops
 * reading from the socket, so that TCP slows the peer. A peer that outruns even that is disconnected.
 */
export class InboundQueue<T, Owner> {
  private readonly bucket: TokenBucket;
  /** Ends the wait for the rate limit. */
  private waiting: AbortController | null = null;
  private closed = false;
  private queue: T[] = [];
  private running: Promise<void> | null = null;
  private paused = false;
  private throttledSince: number | null = null;

  constructor(
    private readonly options: InboundQueueOptions,
    private readonly ports: InboundQueuePorts<T, Owner>,
    private readonly owner: Owner,
  ) {
    this.bucket = new TokenBucket(options.rate, performance.now());
  }

  get isPaused(): boolean {
    return this.paused;
  }

  push(item: T): void {
    if (this.closed) return;
    this.queue.push(item);
    if (this.queue.length > this.options.overflowAt) {
      this.giveUp('more messages waiting than allowed');
      return;
    }
    if (this.queue.length >= this.options.pauseAt) this.pause();
    this.running ??= this.run();
  }

  /** Drops what waits without an answer, so that the charge point sends it again. What runs finishes. */
  close(): void {
    this.closed = true;
    this.waiting?.abort();
    this.queue = [];
  }

  /** Resolves when nothing runs. */
  async idle(): Promise<void> {
    while (this.running) await this.running;
  }

  private async run(): Promise<void> {
    // The source may push several items in one turn of the event loop; all of them are seen before the first is handled.
    await Promise.resolve();
    while (this.queue.length > 0 && (await this.admitted())) {
      const item = this.queue.shift();
      if (item === undefined) break;
      await this.ports.handle(item, this.owner);
      if (this.paused && this.queue.length <= this.options.pauseAt / 2) this.resume();
    }
    this.running = null;
    // An array that was used keeps room for more.
    if (this.queue.length === 0) this.queue = [];
  }

  /** Waits for the rate limit. Resolves with false when the queue was closed in the meantime. */
  private async admitted(): Promise<boolean> {
    const now = performance.now();
    const wait = this.bucket.take(now);
    if (wait === 0) {
      this.throttledSince = null;
      return !this.closed;
    }
    this.throttledSince ??= now;
    if (now - this.throttledSince > this.options.throttleLimitMs)
      this.giveUp('the rate limit is exceeded all the time');
    else await this.wait(wait);
    return !this.closed;
  }

  private async wait(ms: number): Promise<void> {
    this.waiting = new AbortController();
    await sleep(ms, undefined, { signal: this.waiting.signal }).catch(() => undefined);
    this.waiting = null;
  }

  private giveUp(reason: string): void {
    this.close();
    this.ports.excess(reason, this.owner);
  }

  private pause(): void {
    if (this.paused) return;
    this.paused = true;
    this.ports.pause(this.owner);
  }

  private resume(): void {
    this.paused = false;
    this.ports.resume(this.owner);
  }
}
