/** Keeps one broken charger from flooding the log: so many lines a window, the rest only counted. */
export class LogLimiter {
  private readonly perWindow: number;
  private readonly windowMs: number;
  private windowStart = -Infinity;
  private used = 0;
  private suppressed = 0;

  constructor(perWindow: number, windowMs: number) {
    this.perWindow = perWindow;
    this.windowMs = windowMs;
  }

  /** Null: stay silent. Else log, and say how many lines were left out before. */
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
