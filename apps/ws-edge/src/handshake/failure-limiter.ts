import { ExpiringCache } from './expiring-cache.ts';

const TRACKED = 50_000;

export interface FailureLimits {
  windowMs: number;
  /** Failures one source may make at one identity within the window. */
  perIdentity: number;
  /** Failures one source may make at all identities within the window. */
  perSource: number;
}

/**
 * Counts wrong passwords per source and identity. The pair is what is blocked: a stranger elsewhere cannot lock a
 * charger out, and a source that tries many identities runs into its own limit.
 */
export class FailureLimiter {
  private readonly failures: ExpiringCache<{ count: number }>;
  private readonly limits: FailureLimits;

  constructor(limits: FailureLimits, now: () => number) {
    this.limits = limits;
    this.failures = new ExpiringCache(TRACKED, now);
  }

  blocked(source: string, identity: string): boolean {
    return (
      (this.failures.get(pair(source, identity))?.count ?? 0) >= this.limits.perIdentity ||
      (this.failures.get(source)?.count ?? 0) >= this.limits.perSource
    );
  }

  /** An attempt counts from its start: many at once must not slip past the limit while the first is being checked. */
  started(source: string, identity: string): void {
    this.count(pair(source, identity));
  }

  failed(source: string): void {
    this.count(source);
  }

  succeeded(source: string, identity: string): void {
    this.failures.delete(pair(source, identity));
  }

  private count(key: string): void {
    const entry = this.failures.get(key);
    if (entry) entry.count += 1;
    else this.failures.set(key, { count: 1 }, this.limits.windowMs);
  }
}

function pair(source: string, identity: string): string {
  return `${source}\n${identity.toLowerCase()}`;
}
