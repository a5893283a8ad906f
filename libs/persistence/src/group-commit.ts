import { halves } from '@ocpp-gw/async';
import { DatabaseUnavailableError, isUnavailable } from './errors.ts';
import { RankedQueue, type Waiting } from './ranked-queue.ts';

/** Called for the metrics. */
export interface GroupObserver {
  /** A transaction begins, shared by so many; how long each has waited for it. */
  began(waitSeconds: readonly number[]): void;
  /** A shared transaction failed, and its parts are tried again. */
  split(): void;
}

export interface GroupCommitOptions<Item> {
  /** Commits all items in one transaction, or none. */
  commit: (items: readonly Item[]) => Promise<void>;
  /** Most items of one transaction; what belongs together stays together, however much it is. */
  limit?: number | undefined;
  /** Transactions open at once. */
  inFlight?: number;
  /** What waits for so long fails if Postgres has taken nothing for so long. */
  maxWaitMs?: number;
  /** What goes first when not all fit into the next transaction: 0 before 1. All are 0 unless given. */
  rankOf?: (items: readonly Item[]) => number;
  /** Milliseconds between the begins of two transactions, at least; what comes in between gathers. */
  paceMs?: number;
  observer?: GroupObserver | undefined;
}

/** What is committed whole or not at all, and who waits for it. */
interface Share<Item> extends Waiting {
  items: readonly Item[];
  committed: PromiseWithResolvers<void>;
}

/** As measured (docs/adr/0019): more than two open at once leave each with less to carry. */
const IN_FLIGHT = 2;
const LIMIT = 64;
/** As long as the pool lets a statement wait for a connection: a database that is away fails calls, it never hangs them. */
const MAX_WAIT_MS = 5_000;

/**
 * Lets many share a transaction: what comes while a transaction is free and its pace allows it goes at once, what comes
 * earlier gathers and goes together, by rank and in the order in which it came.
 */
export class GroupCommit<Item> {
  private readonly options: GroupCommitOptions<Item>;
  private readonly waiting = new RankedQueue<Share<Item>>();
  private running = 0;
  /** performance.now() time of the latest begin. */
  private begunAt = -Infinity;
  /** performance.now() time at which Postgres last took or refused something. */
  private answeredAt = -Infinity;
  private timer: NodeJS.Timeout | undefined;

  constructor(options: GroupCommitOptions<Item>) {
    this.options = options;
  }

  /** How many messages wait for a transaction. */
  get length(): number {
    return this.waiting.length;
  }

  /** How long the longest of them has waited, milliseconds. */
  get waitMs(): number {
    return Math.max(0, performance.now() - this.waiting.since);
  }

  /** Resolves after the COMMIT that carried these items; rejects with what failed them, never with the fault of others. */
  add(items: readonly Item[]): Promise<void> {
    const committed = Promise.withResolvers<void>();
    const rank = this.options.rankOf?.(items) ?? 0;
    this.waiting.add({ items, rank, since: performance.now(), committed });
    this.next();
    return committed.promise;
  }

  private next(): void {
    if (this.timer || this.waiting.length === 0 || this.running >= (this.options.inFlight ?? IN_FLIGHT)) return;
    const waitMs = this.begunAt + (this.options.paceMs ?? 0) - performance.now();
    if (waitMs > 0) {
      this.timer = setTimeout(() => {
        this.timer = undefined;
        this.next();
      }, waitMs);
      return;
    }
    const shares = this.take();
    if (shares.length === 0) return;
    this.running += 1;
    this.begunAt = performance.now();
    void this.write(shares).finally(() => {
      this.running -= 1;
      this.next();
    });
  }

  private take(): Share<Item>[] {
    const { limit = LIMIT, maxWaitMs = MAX_WAIT_MS, observer } = this.options;
    const now = performance.now();
    // While Postgres takes something, waiting is better than failing: the charger would only send it again.
    if (now - this.answeredAt > maxWaitMs)
      for (const { committed } of this.waiting.takeOlder(now - maxWaitMs))
        committed.reject(new DatabaseUnavailableError('no transaction was free in time'));
    const shares = this.waiting.take(limit, now);
    if (shares.length > 0) observer?.began(shares.map(({ since }) => (now - since) / 1000));
    return shares;
  }

  private async write(shares: readonly Share<Item>[]): Promise<void> {
    try {
      await this.options.commit(shares.flatMap(({ items }) => items));
    } catch (error) {
      if (!isUnavailable(error)) this.answeredAt = performance.now();
      // Where Postgres is away, trying again would only make all wait longer.
      if (shares.length > 1 && !isUnavailable(error)) {
        this.options.observer?.split();
        for (const part of apart(shares, error)) await this.write(part);
        return;
      }
      for (const { committed } of shares) committed.reject(error);
      return;
    }
    this.answeredAt = performance.now();
    for (const { committed } of shares) committed.resolve();
  }
}

/** lock_not_available: somebody else keeps a row of one of them locked. */
const LOCK_TIMEOUT = '55P03';

/** Halves find the one that Postgres refuses in few tries. Where a try waits for a lock, that would be a wait for each half. */
function apart<Of>(shares: readonly Of[], error: unknown): Of[][] {
  if (error instanceof Error && 'code' in error && error.code === LOCK_TIMEOUT) return shares.map((share) => [share]);
  return halves(shares);
}
