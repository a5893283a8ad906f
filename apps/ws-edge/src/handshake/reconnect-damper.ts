import { identityKey } from '@ocpp-gw/contracts';
import { backoffMs } from '@ocpp-gw/async';
import { ExpiringCache } from './expiring-cache.ts';
import { refuse, type Refusal } from './refusal.ts';

const TRACKED = 100_000;
/** An identity is forgotten after this time without a connection. */
const MEMORY_MS = 15 * 60_000;
const SOURCES_KEPT = 5;

export interface DamperOptions {
  /** A connection of this age counts as lasting: the charge point that reconnects after it is accepted at once. */
  lastingMs: number;
  /** Number of shorter connections in a row before the charge point has to wait. */
  free: number;
  /** Wait after one more short connection. It doubles with each further one. */
  firstDelayMs: number;
  /** Longest wait; 0 means that nobody waits. */
  maxDelayMs: number;
  /** Unix milliseconds. */
  now: () => number;
}

/** The recent connections of an identity. */
export interface Reconnects {
  /** Number of short connections in a row, including the present one. */
  connections: number;
  /** How many of them replaced an open connection, as two charge points with one identity or a half-open link do. */
  takeovers: number;
  /** Unix milliseconds. */
  since: number;
  /** How long the next connection has to wait, counted from the start of the present one; 0 means not at all. */
  delayMs: number;
  /** Remote addresses, the latest last. */
  sources: string[];
}

interface Trail {
  /** Grows with each short connection and is halved by one that lasts. */
  level: number;
  connections: number;
  takeovers: number;
  since: number;
  startedAt: number;
  endedAt: number | null;
  sources: string[];
}

/**
 * Makes an identity wait that connects over and over, for a time that grows. It judges only accepted connections, so a
 * stranger who is refused cannot make another wait. A connection that lasted never counts against its charge point, and
 * an accepted connection replaces the older one as always.
 */
export class ReconnectDamper {
  private readonly trails: ExpiringCache<Trail>;

  constructor(private readonly options: DamperOptions) {
    this.trails = new ExpiringCache(TRACKED, options.now);
  }

  check(cpId: string): Refusal | null {
    const trail = this.trails.get(identityKey(cpId));
    if (!trail) return null;
    const waitMs = trail.startedAt + this.delayAfter(trail) - this.options.now();
    if (waitMs <= 0) return null;
    return refuse(
      503,
      'reconnects_too_often',
      'this charge point has connected over and over, each time for a moment: wait, and see whether two of them share the identity',
      { 'retry-after': String(Math.ceil(waitMs / 1000)) },
    );
  }

  /** @returns a function to call once when the connection has ended */
  opened(cpId: string, source: string): { reconnects: Reconnects; ended: () => void } {
    const { now } = this.options;
    const at = now();
    const before = this.trails.get(identityKey(cpId));
    const trail = before ? this.next(before, at) : fresh(at);
    trail.sources = [...trail.sources.filter((known) => known !== source), source].slice(-SOURCES_KEPT);
    this.trails.set(identityKey(cpId), trail, MEMORY_MS);
    const { connections, takeovers, since, sources } = trail;
    return {
      reconnects: { connections, takeovers, since, sources, delayMs: this.delayAfter(trail) },
      ended: () => {
        trail.endedAt ??= now();
        // The time to forget starts at the end, so that a long connection does not outlive its entry.
        if (this.trails.get(identityKey(cpId)) === trail) this.trails.set(identityKey(cpId), trail, MEMORY_MS);
      },
    };
  }

  private next(before: Trail, at: number): Trail {
    if (this.lasted(before)) return { ...fresh(at), level: Math.floor(before.level / 2), sources: before.sources };
    return {
      ...before,
      level: before.level + 1,
      connections: before.connections + 1,
      takeovers: before.takeovers + (before.endedAt === null ? 1 : 0),
      startedAt: at,
      endedAt: null,
    };
  }

  /** The wait of the next connection, counted from the start of this one, if this one ended now. */
  private delayAfter(trail: Trail): number {
    const { free, firstDelayMs, maxDelayMs } = this.options;
    const beyond = trail.level + 1 - free;
    if (beyond <= 0 || this.lasted(trail)) return 0;
    return backoffMs(beyond, { firstMs: firstDelayMs, maxMs: maxDelayMs });
  }

  private lasted({ startedAt, endedAt }: Trail): boolean {
    return (endedAt ?? this.options.now()) - startedAt >= this.options.lastingMs;
  }
}

function fresh(at: number): Trail {
  return { level: 0, connections: 1, takeovers: 0, since: at, startedAt: at, endedAt: null, sources: [] };
}
