/** What waits for its turn. */
export interface Waiting {
  /** 0 goes first. */
  rank: number;
  /** performance.now() time. */
  since: number;
  items: readonly unknown[];
}

/** What has waited for so long goes before all ranks, so that nothing waits for ever. */
const LONGEST_WAIT_MS = 2_000;

/** A queue in which low ranks go first, each in the order in which it came. */
export class RankedQueue<Of extends Waiting> {
  private readonly ranks: Of[][] = [];

  get length(): number {
    return this.ranks.reduce((sum, { length }) => sum + length, 0);
  }

  /** performance.now() time since when the longest of them waits; Infinity when nothing waits. */
  get since(): number {
    return Math.min(...this.ranks.map(sinceOf));
  }

  add(one: Of): void {
    (this.ranks[one.rank] ??= []).push(one);
  }

  /** Takes the next ones, as many as have no more items than `limit` together: at least one. */
  take(limit: number, now: number): Of[] {
    const taken: Of[] = [];
    let left = limit;
    for (let rank = this.next(now); rank !== undefined; rank = this.next(now)) {
      const [first] = rank;
      if (first === undefined || (taken.length > 0 && first.items.length > left)) break;
      left -= first.items.length;
      taken.push(first);
      rank.shift();
    }
    return taken;
  }

  /** Takes those that wait since before `time`. */
  takeOlder(time: number): Of[] {
    return this.ranks.flatMap((rank) => {
      const young = rank.findIndex(({ since }) => since >= time);
      return rank.splice(0, young === -1 ? rank.length : young);
    });
  }

  /** The rank whose first is next. */
  private next(now: number): Of[] | undefined {
    const used = this.ranks.filter(({ length }) => length > 0);
    const oldest = used.reduce<Of[] | undefined>(
      (one, other) => (sinceOf(other) < sinceOf(one) ? other : one),
      undefined,
    );
    return sinceOf(oldest) < now - LONGEST_WAIT_MS ? oldest : used[0];
  }
}

function sinceOf(rank: readonly Waiting[] | undefined): number {
  return rank?.[0]?.since ?? Infinity;
}
