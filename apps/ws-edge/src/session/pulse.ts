import { Liveness, type LivenessOptions } from './liveness.ts';

export interface PulseOptions extends LivenessOptions {
  /** Heartbeat interval that is assumed until the charge point is given another one. */
  heartbeatMs: number;
  /** False when no pings are sent to the charge point (notes 4.20). */
  serverPing: boolean;
}

export interface PulsePorts {
  /** Whether reading is paused; silence then says nothing about the peer. */
  isReading: () => boolean;
  /** Whether the charge point must keep its heartbeat interval. */
  hasToBeat: () => boolean;
  ping: () => void;
  /** Called when the charge point sends messages but answers no ping. */
  ignored: () => void;
  dead: () => void;
}

/** Sends pings to one charge point and detects when it is gone. */
export class Pulse {
  private readonly liveness: Liveness;
  private readonly timer: NodeJS.Timeout;
  private heartbeatMs: number;
  private beatAt = performance.now();

  constructor(
    private readonly options: PulseOptions,
    private readonly ports: PulsePorts,
  ) {
    this.heartbeatMs = options.heartbeatMs;
    this.liveness = new Liveness(options, this.beatAt);
    this.timer = setInterval(() => this.beat(), options.pingIntervalMs).unref();
  }

  /** Unix milliseconds of the last sign of life. */
  get lastSeen(): number {
    return Date.now() - Math.round(performance.now() - this.liveness.lastHeard);
  }

  heard(): void {
    this.liveness.heard(performance.now());
  }

  ponged(): void {
    this.liveness.ponged(performance.now());
  }

  /** Sets the interval that the charge point was given; 0 leaves the choice to it. */
  expect(heartbeatMs: number): void {
    this.heartbeatMs = heartbeatMs || this.options.heartbeatMs;
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private beat(): void {
    const now = performance.now();
    const { serverPing, pingIntervalMs } = this.options;
    // A process that stood still runs its timers before it reads its sockets.
    this.liveness.deaf(Math.max(0, now - this.beatAt - pingIntervalMs));
    this.beatAt = now;
    if (!this.ports.isReading()) return;
    if (this.liveness.ignoresPings) this.ports.ignored();
    // Without pings the heartbeat interval is the only measure.
    const heartbeatMs = this.ports.hasToBeat() || !serverPing ? this.heartbeatMs : null;
    if (this.liveness.isDead(now, heartbeatMs)) {
      this.ports.dead();
    } else if (serverPing) {
      this.liveness.pinged(now);
      this.ports.ping();
    }
  }
}
