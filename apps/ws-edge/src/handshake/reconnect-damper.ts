import { backoffMs } from '@ocpp-gw/async';
import { ExpiringCache } from './expiring-cache.ts';
import { refuse, type Refusal } from './refusal.ts';

const TRACKED = 100_000;
/** What an identity did is forgotten after this time without a connection. */
const MEMORY_MS = 15 * 60_000;
const SOURCES_KEPT = 5;

export interface DamperOptions {
  /** A connection of this age was an honest one: the charger that comes back after it is let in at once. */
  lastingMs: number;
  /** Connections in a row that may be shorter before the charger has to wait. */
  free: number;
  /** The wait after one more, doubled with each further one. */
  firstDelayMs: number;
  /** Its end; 0: nobody ever waits. */
  maxDelayMs: number;
  /** Unix milliseconds. */
  now: () => number;
}

/** What an identity has been doing. */
export interface Reconnects {
  /** Connections in a row that did not last, the present one included. */
  connections: number;
  /** Of these, how many took the place of one that was open: two chargers with one identity, or half-open links. */
  takeovers: number;
  /** Unix milliseconds. */
  since: number;
  /** How long the next one has to wait, counted from the present one; 0: not at all. */
  delayMs: number;
  /** The latest last. */
  sources: string[];
}

interface Trail {
  /** Grows with each connection that was short, and is halved by one that lasted. */
  level: number;
  connections: number;
  takeovers: number;
  since: number;
  startedAt: number;
  endedAt: number | null;
  sources: string[];
}

/**
 * Holds an identity back that connects over and over, for a time that grows. It judges connections that were let in, and nothing
 * else: who fails to get in cannot get another held back. One that lasted is never held against its charger, and whoever is let
 * in takes the place of the older connection as ever.
 */
export class ReconnectDamper {
  private readonly trails: ExpiringCache<Trail>;
  private readonly options: DamperOptions;

  constructor(options: DamperOptions) {
    this.options = options;
    this.trails = new ExpiringCache(TRACKED, options.now);
  }

  check(cpId: string): Refusal | null {
    const trail = this.trails.get(keyOf(cpId));
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

  /** @returns what is to be called once, when the connection has ended. */
  opened(cpId: string, source: string): { reconnects: Reconnects; ended: () => void } {
    const { now } = this.options;
    const at = now();
    const before = this.trails.get(keyOf(cpId));
    const trail = before ? this.next(before, at) : fresh(at);
    trail.sources = [...trail.sources.filter((known) => known !== source), source].slice(-SOURCES_KEPT);
    this.trails.set(keyOf(cpId), trail, MEMORY_MS);
    const { connections, takeovers, since, sources } = trail;
    return {
      reconnects: { connections, takeovers, since, sources, delayMs: this.delayAfter(trail) },
      ended: () => {
        trail.endedAt ??= now();
        // The memory begins with the end: a long connection must not outlive it.
        if (this.trails.get(keyOf(cpId)) === trail) this.trails.set(keyOf(cpId), trail, MEMORY_MS);
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

  /** How long after its beginning the next connection may come, should this one end now. */
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

/** Identities compare case-insensitively (notes 2.6). */
function keyOf(cpId: string): string {
  return cpId.toLowerCase();
}
