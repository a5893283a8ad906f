export interface LivenessOptions {
  pingIntervalMs: number;
  /** Intervals without a sign of life after which the peer is given up. */
  silentIntervals: number;
}

/**
 * Whether the peer is still there. Any traffic proves it (notes 2.8). Some chargers never answer a ping: such a one,
 * once accepted, is measured by its heartbeat interval when that is longer.
 */
export class Liveness {
  private readonly options: LivenessOptions;
  private heardAt: number;
  private answersPings = false;

  constructor(options: LivenessOptions, now: number) {
    this.options = options;
    this.heardAt = now;
  }

  get lastHeard(): number {
    return this.heardAt;
  }

  heard(now: number): void {
    this.heardAt = now;
  }

  ponged(now: number): void {
    this.answersPings = true;
    this.heardAt = now;
  }

  /** `heartbeatMs`: the interval an accepted charger was given; null when it has none. */
  isDead(now: number, heartbeatMs: number | null): boolean {
    const interval = this.answersPings
      ? this.options.pingIntervalMs
      : Math.max(this.options.pingIntervalMs, heartbeatMs ?? 0);
    return now - this.heardAt > interval * this.options.silentIntervals;
  }
}
