/** One turn in this many goes to whoever has waited longest, whatever its rank, so that nobody waits for ever. */
const OLDEST_EVERY = 8;

export interface FairTurnsOptions {
  /** Number of turns at the same time. */
  concurrency: number;
  /** Greatest number of waiting requests. */
  queueLimit: number;
}

/** `mine`: work now, then call {@link FairTurns.done}. `busy`: the queue is full. `gone`: aborted while waiting. */
export type Turn = 'mine' | 'busy' | 'gone';

interface Waiter {
  source: string;
  rank: number;
  order: number;
  settle: (turn: Turn) => void;
}

/**
 * Shares a bounded resource fairly: lower ranks first, round robin between the sources of a rank, and in order within a
 * source. When the queue is full, the source that waits most often loses a place. So one source alone may use
 * everything, and none can keep another out.
 */
export class FairTurns {
  /** Waiting requests by rank, then by source in the order of their next turn. */
  private readonly ranks = new Map<number, Map<string, Waiter[]>>();
  private running = 0;
  private waiting = 0;
  private arrivals = 0;
  private handedOut = 0;

  constructor(private readonly options: FairTurnsOptions) {}

  /** @param signal aborted when the turn is not wanted any more; its place is then free at once */
  take(source: string, rank: number, signal?: AbortSignal): Promise<Turn> {
    if (signal?.aborted) return Promise.resolve('gone');
    if (this.running < this.options.concurrency) {
      this.running += 1;
      return Promise.resolve('mine');
    }
    if (this.waiting >= this.options.queueLimit && !this.makeRoomFor(source, rank)) return Promise.resolve('busy');
    return new Promise<Turn>((resolve) => {
      const gone = (): void => this.leave(waiter, 'gone');
      const waiter: Waiter = {
        source,
        rank,
        order: this.arrivals++,
        settle: (turn) => {
          signal?.removeEventListener('abort', gone);
          resolve(turn);
        },
      };
      signal?.addEventListener('abort', gone, { once: true });
      this.enqueue(waiter);
    });
  }

  /** Ends the turn and begins the next one. */
  done(): void {
    const next = this.next();
    // The turn passes to the next request, so `running` does not change.
    if (next) this.leave(next, 'mine');
    else this.running -= 1;
  }

  private enqueue(waiter: Waiter): void {
    const sources = this.ranks.get(waiter.rank) ?? new Map<string, Waiter[]>();
    this.ranks.set(waiter.rank, sources);
    const line = sources.get(waiter.source) ?? [];
    sources.set(waiter.source, line);
    line.push(waiter);
    this.waiting += 1;
  }

  private leave(waiter: Waiter, turn: Turn): void {
    const sources = this.ranks.get(waiter.rank);
    const line = sources?.get(waiter.source);
    const at = line?.indexOf(waiter) ?? -1;
    if (!sources || !line || at < 0) return;
    line.splice(at, 1);
    this.waiting -= 1;
    // After its turn the source goes to the end of the round.
    if (turn === 'mine' || line.length === 0) sources.delete(waiter.source);
    if (line.length > 0) sources.set(waiter.source, line);
    if (sources.size === 0) this.ranks.delete(waiter.rank);
    waiter.settle(turn);
  }

  private next(): Waiter | undefined {
    if (this.waiting === 0) return undefined;
    this.handedOut += 1;
    if (this.handedOut % OLDEST_EVERY === 0) return this.oldest();
    const sources = this.ranks.get(Math.min(...this.ranks.keys()));
    return sources?.values().next().value?.[0];
  }

  private oldest(): Waiter | undefined {
    let oldest: Waiter | undefined;
    for (const sources of this.ranks.values())
      for (const [first] of sources.values()) if (first && (!oldest || first.order < oldest.order)) oldest = first;
    return oldest;
  }

  /** Refuses the last request of the source with the longest queue, unless that source is the one that asks. */
  private makeRoomFor(source: string, rank: number): boolean {
    const worst = Math.max(...this.ranks.keys());
    if (!(worst >= rank)) return false;
    let longest: Waiter[] = [];
    for (const line of this.ranks.get(worst)?.values() ?? []) if (line.length > longest.length) longest = line;
    const own = this.ranks.get(rank)?.get(source)?.length ?? 0;
    const last = longest.at(-1);
    if (!last || (worst === rank && longest.length <= own + 1)) return false;
    this.leave(last, 'busy');
    return true;
  }
}
