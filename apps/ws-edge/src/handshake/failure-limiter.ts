import { identityKey } from '@ocpp-gw/contracts';
import { ExpiringCache } from './expiring-cache.ts';

const TRACKED = 50_000;

export interface FailureLimits {
  windowMs: number;
  /** Greatest number of failures of one source at one identity within the window. */
  perIdentity: number;
  /** Greatest number of failures of one source at all identities within the window. */
  perSource: number;
}

/** A running attempt, which may still fail. Exactly one of its methods must be called. */
export interface Attempt {
  failed(): void;
  succeeded(): void;
  /** The attempt has no result: it counts as no failure and clears none. */
  dropped(): void;
}

/**
 * Counts wrong passwords for each pair of source and identity. The pair is blocked, so a stranger elsewhere cannot lock
 * a charge point out, and a source that tries many identities reaches its own limit. A running attempt counts as a
 * failure, so that many at once cannot pass the limit while the first is checked.
 */
export class FailureLimiter {
  private readonly failures: ExpiringCache<{ count: number }>;
  private readonly underWay = new Map<string, number>();

  constructor(
    private readonly limits: FailureLimits,
    now: () => number,
  ) {
    this.failures = new ExpiringCache(TRACKED, now);
  }

  /** Returns null when the source is blocked. */
  begin(source: string, identity: string): Attempt | null {
    const { perIdentity, perSource } = this.limits;
    const key = pair(source, identity);
    if (this.counted(key) + this.running(key) >= perIdentity) return null;
    // A source without failures may be a whole fleet behind one address. The queue for hashing bounds it.
    const failed = this.counted(source);
    if (failed > 0 && failed + this.running(source) >= perSource) return null;
    for (const each of [key, source]) this.underWay.set(each, this.running(each) + 1);
    const end = (): void => {
      for (const each of [key, source]) this.leave(each);
    };
    return {
      failed: () => {
        end();
        this.failed(source, identity);
      },
      succeeded: () => {
        end();
        this.failures.delete(key);
      },
      dropped: end,
    };
  }

  /** Counts a failure without an attempt. */
  failed(source: string, identity: string): void {
    for (const key of [pair(source, identity), source]) {
      const entry = this.failures.get(key);
      if (entry) entry.count += 1;
      else this.failures.set(key, { count: 1 }, this.limits.windowMs);
    }
  }

  /** Whether the failures alone have reached a limit, so that waiting attempts are useless. */
  exhausted(source: string, identity: string): boolean {
    return (
      this.counted(pair(source, identity)) >= this.limits.perIdentity || this.counted(source) >= this.limits.perSource
    );
  }

  /** Rank of the source: 0 without failures, 1 with at most as many as one charge point may have, 2 with more. */
  rank(source: string): 0 | 1 | 2 {
    const failed = this.counted(source);
    if (failed === 0) return 0;
    return failed <= this.limits.perIdentity ? 1 : 2;
  }

  private counted(key: string): number {
    return this.failures.get(key)?.count ?? 0;
  }

  private running(key: string): number {
    return this.underWay.get(key) ?? 0;
  }

  private leave(key: string): void {
    const left = this.running(key) - 1;
    if (left > 0) this.underWay.set(key, left);
    else this.underWay.delete(key);
  }
}

function pair(source: string, identity: string): string {
  return `${source}\n${identityKey(identity)}`;
}
