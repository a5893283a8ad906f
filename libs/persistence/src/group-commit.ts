import { halves } from '@ocpp-gw/async';
import { DatabaseUnavailableError, isUnavailable } from './errors.ts';

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
  maxWaitMs?: number;
  observer?: GroupObserver | undefined;
}

/** What is committed whole or not at all, and who waits for it. */
interface Share<Item> {
  items: readonly Item[];
  /** performance.now() time. */
  since: number;
  committed: PromiseWithResolvers<void>;
}

/** As measured (docs/adr/0019): more than two open at once leave each with less to carry. */
const IN_FLIGHT = 2;
const LIMIT = 64;
/** As long as the pool lets a statement wait for a connection: a database that is away fails calls, it never hangs them. */
const MAX_WAIT_MS = 5_000;

/**
 * Lets many share a transaction without waiting for company: what comes while a transaction is free goes at once, what
 * comes while all are busy gathers and goes together, in the order in which it came.
 */
export class GroupCommit<Item> {
  private readonly options: GroupCommitOptions<Item>;
  private readonly waiting: Share<Item>[] = [];
  private running = 0;

  constructor(options: GroupCommitOptions<Item>) {
    this.options = options;
  }

  /** How many messages wait for a transaction. */
  get length(): number {
    return this.waiting.length;
  }

  /** Resolves after the COMMIT that carried these items; rejects with what failed them, never with the fault of others. */
  add(items: readonly Item[]): Promise<void> {
    const committed = Promise.withResolvers<void>();
    this.waiting.push({ items, since: performance.now(), committed });
    this.next();
    return committed.promise;
  }

  private next(): void {
    if (this.running >= (this.options.inFlight ?? IN_FLIGHT)) return;
    const shares = this.take();
    if (shares.length === 0) return;
    this.running += 1;
    void this.write(shares).finally(() => {
      this.running -= 1;
      this.next();
    });
  }

  private take(): Share<Item>[] {
    const { limit = LIMIT, maxWaitMs = MAX_WAIT_MS, observer } = this.options;
    const now = performance.now();
    const overdue = this.waiting.findIndex(({ since }) => now - since <= maxWaitMs);
    for (const { committed } of this.waiting.splice(0, overdue === -1 ? this.waiting.length : overdue))
      committed.reject(new DatabaseUnavailableError('no transaction was free in time'));
    const shares = this.waiting.splice(0, fitting(this.waiting, limit));
    if (shares.length > 0) observer?.began(shares.map(({ since }) => (now - since) / 1000));
    return shares;
  }

  private async write(shares: readonly Share<Item>[]): Promise<void> {
    try {
      await this.options.commit(shares.flatMap(({ items }) => items));
    } catch (error) {
      // Where Postgres is away, trying again would only make all wait longer.
      if (shares.length > 1 && !isUnavailable(error)) {
        this.options.observer?.split();
        for (const part of apart(shares, error)) await this.write(part);
        return;
      }
      for (const { committed } of shares) committed.reject(error);
      return;
    }
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

/** How many of the first go together: at least one. */
function fitting(shares: readonly Share<unknown>[], limit: number): number {
  let items = 0;
  const tooMany = shares.findIndex((share) => (items += share.items.length) > limit);
  return tooMany === -1 ? shares.length : Math.max(1, tooMany);
}
