/**
 * Keeps one broken charge point from flooding the log: it allows some lines for each time window and counts the rest.
 */
export class LogLimiter {
  private windowStart = -Infinity;
  private used = 0;
  private suppressed = 0;

  constructor(
    private readonly perWindow: number,
    private readonly windowMs: number,
  ) {}

  /** Returns null when nothing shall be logged, or else the number of lines that were left out before. */
  admit(now: number): { suppressed: number } | null {
    if (now - this.windowStart >= this.windowMs) {
      this.windowStart = now;
      this.used = 0;
    }
    if (this.used >= this.perWindow) {
      this.suppressed += 1;
      return null;
    }
    this.used += 1;
    const { suppressed } = this;
    this.suppressed = 0;
    return { suppressed };
  }
}
