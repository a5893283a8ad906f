export interface LivenessOptions {
  pingIntervalMs: number;
  /** Intervals without a sign of life after which the peer is given up. */
  silentIntervals: number;
}

/** Some chargers send exactly one heartbeat per timeout window: fewer than these would cut them off (notes 4.20). */
const SILENT_HEARTBEATS = 3;

/**
 * Whether the peer is still there. Any traffic proves it (notes 2.8). Some chargers never answer a ping, and some are
 * never to be sent one: such a one is measured by its heartbeat interval when that is longer.
 */
export class Liveness {
  private readonly options: LivenessOptions;
  private heardAt: number;
  private pingedAt: number | null = null;
  private answersPings = false;

  constructor(options: LivenessOptions, now: number) {
    this.options = options;
    this.heardAt = now;
  }

  get lastHeard(): number {
    return this.heardAt;
  }

  /** It has spoken when the window of the pings was long over, and has never answered one. */
  get ignoresPings(): boolean {
    return !this.answersPings && this.pingedAt !== null && this.heardAt - this.pingedAt > this.pingWindowMs;
  }

  heard(now: number): void {
    this.heardAt = now;
  }

  /** A ping of ours left. */
  pinged(now: number): void {
    this.pingedAt ??= now;
  }

  ponged(now: number): void {
    this.answersPings = true;
    this.heardAt = now;
  }

  /** `heartbeatMs`: the interval the charger was given; null when it need not keep it. */
  isDead(now: number, heartbeatMs: number | null): boolean {
    const heartbeats = Math.max(this.options.silentIntervals, SILENT_HEARTBEATS);
    const windowMs = this.answersPings
      ? this.pingWindowMs
      : Math.max(this.pingWindowMs, (heartbeatMs ?? 0) * heartbeats);
    return now - this.heardAt > windowMs;
  }

  private get pingWindowMs(): number {
    return this.options.pingIntervalMs * this.options.silentIntervals;
  }
}
