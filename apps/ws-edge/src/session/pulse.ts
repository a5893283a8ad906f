import type { Beating, Beats } from './beats.ts';
import { Liveness, type LivenessOptions } from './liveness.ts';

export interface PulseOptions extends LivenessOptions {
  /** Heartbeat interval that is assumed until the charge point is given another one. */
  heartbeatMs: number;
}

/** Shared by the pulses of all owners. */
export interface PulsePorts<Owner> {
  /** Whether reading is paused; silence then says nothing about the peer. */
  isReading: (owner: Owner) => boolean;
  /** Whether the charge point must keep its heartbeat interval. */
  hasToBeat: (owner: Owner) => boolean;
  /** False when no pings are sent to the charge point (notes 4.20). */
  isPinged: (owner: Owner) => boolean;
  ping: (owner: Owner) => void;
  /** Called when the charge point sends messages but answers no ping. */
  ignored: (owner: Owner) => void;
  dead: (owner: Owner) => void;
}

/** Sends pings to one charge point and detects when it is gone. */
export class Pulse<Owner> implements Beating {
  private readonly liveness: Liveness;
  /** Its place among the beats. */
  private readonly place: number;
  private heartbeatMs: number;
  private beatAt = performance.now();

  constructor(
    private readonly options: PulseOptions,
    private readonly beats: Beats,
    private readonly ports: PulsePorts<Owner>,
    private readonly owner: Owner,
  ) {
    this.heartbeatMs = options.heartbeatMs;
    this.liveness = new Liveness(options, this.beatAt);
    this.place = beats.join(this);
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
    this.beats.leave(this, this.place);
  }

  beat(): void {
    const now = performance.now();
    const { pingIntervalMs } = this.options;
    const isPinged = this.ports.isPinged(this.owner);
    // A process that stood still runs its timers before it reads its sockets.
    this.liveness.deaf(Math.max(0, now - this.beatAt - pingIntervalMs));
    this.beatAt = now;
    if (!this.ports.isReading(this.owner)) return;
    if (this.liveness.ignoresPings) this.ports.ignored(this.owner);
    // Without pings the heartbeat interval is the only measure.
    const heartbeatMs = this.ports.hasToBeat(this.owner) || !isPinged ? this.heartbeatMs : null;
    if (this.liveness.isDead(now, heartbeatMs)) {
      this.ports.dead(this.owner);
    } else if (isPinged) {
      this.liveness.pinged(now);
      this.ports.ping(this.owner);
    }
  }
}
