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

export interface InboundQueuePorts<T> {
  handle: (item: T) => Promise<void>;
  pause: () => void;
  resume: () => void;
  /** Called at most once, when the peer sends more than it may and does not slow down. */
  excess: (reason: string) => void;
}

/**
 * The queue of one charge point's messages, which are handled one at a time and in order. A full queue first stops
 * reading from the socket, so that TCP slows the peer. A peer that outruns even that is disconnected.
 */
export class InboundQueue<T> {
  private readonly bucket: TokenBucket;
  private readonly closing = new AbortController();
  private queue: T[] = [];
  private running: Promise<void> | null = null;
  private paused = false;
  private throttledSince: number | null = null;

  constructor(
    private readonly options: InboundQueueOptions,
    private readonly ports: InboundQueuePorts<T>,
  ) {
    this.bucket = new TokenBucket(options.rate, performance.now());
  }

  get isPaused(): boolean {
    return this.paused;
  }

  push(item: T): void {
    if (this.closing.signal.aborted) return;
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
    this.closing.abort();
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
      await this.ports.handle(item);
      if (this.paused && this.queue.length <= this.options.pauseAt / 2) this.resume();
    }
    this.running = null;
  }

  /** Waits for the rate limit. Resolves with false when the queue was closed in the meantime. */
  private async admitted(): Promise<boolean> {
    const now = performance.now();
    const wait = this.bucket.take(now);
    if (wait === 0) {
      this.throttledSince = null;
      return !this.closing.signal.aborted;
    }
    this.throttledSince ??= now;
    if (now - this.throttledSince > this.options.throttleLimitMs)
      this.giveUp('the rate limit is exceeded all the time');
    else await sleep(wait, undefined, { signal: this.closing.signal }).catch(() => undefined);
    return !this.closing.signal.aborted;
  }

  private giveUp(reason: string): void {
    this.close();
    this.ports.excess(reason);
  }

  private pause(): void {
    if (this.paused) return;
    this.paused = true;
    this.ports.pause();
  }

  private resume(): void {
    this.paused = false;
    this.ports.resume();
  }
}
