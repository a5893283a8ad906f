export interface CircuitBreakerOptions {
  /** Number of failures in a row that open the circuit. */
  threshold: number;
  /** How long it stays open before one call may probe, milliseconds. */
  cooldownMs: number;
  now: () => number;
}

export type CircuitState = 'closed' | 'open' | 'half-open';

/** Keeps callers from waiting for a backend that is known to be away. It is pure: the caller reports the outcomes. */
export class CircuitBreaker {
  private failures = 0;
  private openedAt: number | null = null;
  private probeSince: number | null = null;

  constructor(private readonly options: CircuitBreakerOptions) {}

  get state(): CircuitState {
    if (this.openedAt === null) return 'closed';
    return this.options.now() - this.openedAt >= this.options.cooldownMs ? 'half-open' : 'open';
  }

  /** Milliseconds until a call may be made; 0 means now. */
  get admitsInMs(): number {
    const since = this.state === 'open' ? this.openedAt : this.probeSince;
    return since === null ? 0 : Math.max(0, since + this.options.cooldownMs - this.options.now());
  }

  /** Whether a call may be made now. A half-open circuit allows one probe, and a probe without an outcome expires. */
  admit(): boolean {
    const { state } = this;
    if (state === 'closed') return true;
    if (state === 'open') return false;
    const now = this.options.now();
    if (this.probeSince !== null && now - this.probeSince < this.options.cooldownMs) return false;
    this.probeSince = now;
    return true;
  }

  succeeded(): void {
    this.failures = 0;
    this.openedAt = null;
    this.probeSince = null;
  }

  failed(): void {
    this.failures += 1;
    this.probeSince = null;
    if (this.openedAt !== null || this.failures >= this.options.threshold) this.openedAt = this.options.now();
  }
}
