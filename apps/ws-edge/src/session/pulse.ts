import { Liveness, type LivenessOptions } from './liveness.ts';

export interface PulseOptions extends LivenessOptions {
  /** Assumed until the charger is given another. */
  heartbeatMs: number;
  /** False: the charger is never pinged (notes 4.20). */
  serverPing: boolean;
}

export interface PulsePorts {
  /** While we do not read, silence is ours. */
  isReading: () => boolean;
  /** Whether the charger has been told to keep its heartbeat interval. */
  hasToBeat: () => boolean;
  ping: () => void;
  /** It speaks, and lets pings pass unanswered. */
  ignored: () => void;
  dead: () => void;
}

/** Pings one charger, and notices when it has gone. */
export class Pulse {
  private readonly options: PulseOptions;
  private readonly ports: PulsePorts;
  private readonly liveness: Liveness;
  private readonly timer: NodeJS.Timeout;
  private heartbeatMs: number;

  constructor(options: PulseOptions, ports: PulsePorts) {
    this.options = options;
    this.ports = ports;
    this.heartbeatMs = options.heartbeatMs;
    this.liveness = new Liveness(options, performance.now());
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

  /** The interval the charger was given; 0 leaves the choice to it. */
  expect(heartbeatMs: number): void {
    this.heartbeatMs = heartbeatMs || this.options.heartbeatMs;
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private beat(): void {
    if (!this.ports.isReading()) return;
    const now = performance.now();
    const { serverPing } = this.options;
    if (this.liveness.ignoresPings) this.ports.ignored();
    // Who is never pinged has nothing but its interval to be measured by.
    const heartbeatMs = this.ports.hasToBeat() || !serverPing ? this.heartbeatMs : null;
    if (this.liveness.isDead(now, heartbeatMs)) {
      this.ports.dead();
    } else if (serverPing) {
      this.liveness.pinged(now);
      this.ports.ping();
    }
  }
}
