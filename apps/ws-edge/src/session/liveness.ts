export interface LivenessOptions {
  pingIntervalMs: number;
  /** Number of intervals without a sign of life after which the peer counts as gone. */
  silentIntervals: number;
}

/**
 * Some charge points send exactly one heartbeat for each timeout window. Fewer intervals than these would disconnect
 * them (notes 4.20).
 */
const SILENT_HEARTBEATS = 3;

/**
 * Decides whether the peer is still there. Any traffic proves it (notes 2.8). Some charge points never answer a ping,
 * and some must never get one: these are judged by their heartbeat interval when it is longer.
 */
export class Liveness {
  private heardAt: number;
  private pingedAt: number | null = null;
  private answersPings = false;
  /** Milliseconds since the last sign of life in which none could be read. */
  private deafMs = 0;

  constructor(
    private readonly options: LivenessOptions,
    now: number,
  ) {
    this.heardAt = now;
  }

  get lastHeard(): number {
    return this.heardAt;
  }

  /** Whether it sent something long after the ping window had passed, and has never answered a ping. */
  get ignoresPings(): boolean {
    return !this.answersPings && this.pingedAt !== null && this.heardAt - this.pingedAt > this.pingWindowMs;
  }

  heard(now: number): void {
    this.heardAt = now;
    this.deafMs = 0;
  }

  /** Records that nothing could be read for so long: such silence says nothing about the peer. */
  deaf(forMs: number): void {
    this.deafMs += forMs;
  }

  /** Records that a ping was sent. */
  pinged(now: number): void {
    this.pingedAt ??= now;
  }

  ponged(now: number): void {
    this.answersPings = true;
    this.heard(now);
  }

  /** @param heartbeatMs interval that the charge point was given; null when it need not keep it */
  isDead(now: number, heartbeatMs: number | null): boolean {
    const heartbeats = Math.max(this.options.silentIntervals, SILENT_HEARTBEATS);
    const windowMs = this.answersPings
      ? this.pingWindowMs
      : Math.max(this.pingWindowMs, (heartbeatMs ?? 0) * heartbeats);
    return now - this.heardAt - this.deafMs > windowMs;
  }

  private get pingWindowMs(): number {
    return this.options.pingIntervalMs * this.options.silentIntervals;
  }
}
