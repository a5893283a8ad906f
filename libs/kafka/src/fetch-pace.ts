import { setTimeout as sleep } from 'node:timers/promises';

/**
 * When the next fetch begins. The library fetches once all batches of the fetch before are handled, so a batch that is
 * handled waits here: until messages have gathered, or not at all while some partition has more than it was given.
 */
export class FetchPace {
  private readonly gatherMs: number;
  private readonly stopping: AbortSignal;
  private nextAt = 0;
  private behind = new AbortController();

  constructor(gatherMs: number, stopping: AbortSignal) {
    this.gatherMs = gatherMs;
    this.stopping = stopping;
  }

  /** A fetch begins. */
  began(): void {
    if (this.behind.signal.aborted) this.behind = new AbortController();
  }

  /** Resolves when the batch may end. @param hasMore whether its partition has messages that were not in the fetch */
  async gathered(hasMore: boolean): Promise<void> {
    if (hasMore) this.behind.abort();
    const now = performance.now();
    if (now >= this.nextAt) this.nextAt = now + this.gatherMs;
    const signal = AbortSignal.any([this.stopping, this.behind.signal]);
    if (!signal.aborted) await sleep(this.nextAt - now, undefined, { signal }).catch(() => undefined);
  }
}
