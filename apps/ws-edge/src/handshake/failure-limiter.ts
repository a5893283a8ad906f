import { ExpiringCache } from './expiring-cache.ts';

const TRACKED = 50_000;

export interface FailureLimits {
  windowMs: number;
  /** Failures one source may make at one identity within the window. */
  perIdentity: number;
  /** Failures one source may make at all identities within the window. */
  perSource: number;
}

/** An attempt under way, which may yet fail. Exactly one of its ends is to be told. */
export interface Attempt {
  failed(): void;
  succeeded(): void;
  /** Nothing was found out: it counts as nothing, and clears nothing. */
  dropped(): void;
}

/**
 * Counts wrong passwords per source and identity. The pair is what is blocked: a stranger elsewhere cannot lock a
 * charger out, and a source that tries many identities runs into its own limit. What is under way counts as if it had failed:
 * many at once must not slip past the limit while the first is being checked.
 */
export class FailureLimiter {
  private readonly failures: ExpiringCache<{ count: number }>;
  private readonly underWay = new Map<string, number>();
  private readonly limits: FailureLimits;

  constructor(limits: FailureLimits, now: () => number) {
    this.limits = limits;
    this.failures = new ExpiringCache(TRACKED, now);
  }

  /** Null: blocked. */
  begin(source: string, identity: string): Attempt | null {
    const { perIdentity, perSource } = this.limits;
    const key = pair(source, identity);
    if (this.counted(key) + this.running(key) >= perIdentity) return null;
    // A source that never failed may be a whole fleet behind one address: its line is bounded where it waits.
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

  /** A failure that no attempt was begun for. */
  failed(source: string, identity: string): void {
    for (const key of [pair(source, identity), source]) {
      const entry = this.failures.get(key);
      if (entry) entry.count += 1;
      else this.failures.set(key, { count: 1 }, this.limits.windowMs);
    }
  }

  /** Whether the failures alone have reached a limit: what still waits is not worth its while. */
  exhausted(source: string, identity: string): boolean {
    return (
      this.counted(pair(source, identity)) >= this.limits.perIdentity || this.counted(source) >= this.limits.perSource
    );
  }

  /** How late the source is served: 0 without failures, 1 with as many as one charger may make, 2 with more. */
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
  return `${source}\n${identity.toLowerCase()}`;
}
