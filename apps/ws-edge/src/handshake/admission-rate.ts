import { refuse, type Refusal } from './refusal.ts';

/** Shortest Retry-After. With less, a fleet would come back together. */
const MIN_SPREAD_S = 5;
/** Longest Retry-After. With more, a charge point looks broken to its driver. */
const MAX_SPREAD_S = 120;

export interface AdmissionRateOptions {
  /** New connections in the long run, for each second. */
  perSecond: number;
  /** New connections at once, before the rate counts. */
  burst: number;
  /** Milliseconds. */
  now: () => number;
  /** From 0 to below 1. */
  random: () => number;
}

/**
 * Guard: accepts new connections only as fast as this pod can serve them. When a whole fleet comes at once (a pod died,
 * the power is back), existing connections are not affected, and the others are asked to come back later, spread over
 * the time that all need.
 */
export class AdmissionRate {
  private tokens: number;
  /** Estimate of the charge points that were refused and will try again. */
  private crowd = 0;
  private filledAt: number;

  constructor(private readonly options: AdmissionRateOptions) {
    this.tokens = options.burst;
    this.filledAt = options.now();
  }

  check(): Refusal | null {
    this.refill();
    if (this.tokens >= 1) {
      this.tokens -= 1;
      return null;
    }
    return this.reject();
  }

  /**
   * Checks an unknown charge point that {@link check} accepted. The last half of the burst is reserved for known ones,
   * so that strangers cannot use it up.
   */
  checkStranger(): Refusal | null {
    return this.tokens >= Math.floor(this.options.burst / 2) ? null : this.reject();
  }

  /** Returns the place of a handshake that was refused later, so that strangers cannot keep the fleet out. */
  giveBack(): void {
    this.tokens = Math.min(this.options.burst, this.tokens + 1);
  }

  private reject(): Refusal {
    this.crowd += 1;
    const spreadS = Math.min(MAX_SPREAD_S, Math.max(MIN_SPREAD_S, this.crowd / this.options.perSecond));
    return refuse(503, 'too_many_handshakes', 'more chargers connect than are taken at once; try again later', {
      'retry-after': String(1 + Math.floor(this.options.random() * spreadS)),
    });
  }

  private refill(): void {
    const { now, perSecond, burst } = this.options;
    const at = now();
    const room = ((at - this.filledAt) / 1000) * perSecond;
    this.filledAt = at;
    this.tokens = Math.min(burst, this.tokens + room);
    this.crowd = Math.max(0, this.crowd - room);
  }
}
