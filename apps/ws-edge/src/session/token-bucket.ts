/** Allows `burst` at once and `perSecond` in the long run. It is pure: the caller passes the time. */
export class TokenBucket {
  private readonly perMs: number;
  private readonly burst: number;
  private tokens: number;
  private filledAt: number;

  constructor(options: { perSecond: number; burst: number }, now: number) {
    this.perMs = options.perSecond / 1000;
    this.burst = options.burst;
    this.tokens = options.burst;
    this.filledAt = now;
  }

  /** Takes one token and returns how long to wait before using it, milliseconds. */
  take(now: number): number {
    this.tokens = Math.min(this.burst, this.tokens + (now - this.filledAt) * this.perMs);
    this.filledAt = now;
    this.tokens -= 1;
    return this.tokens >= 0 ? 0 : Math.ceil(-this.tokens / this.perMs);
  }
}
