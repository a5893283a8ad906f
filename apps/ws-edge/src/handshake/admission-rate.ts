import { refuse, type Refusal } from './refusal.ts';

/** A fleet told to come back within less would come back together. */
const MIN_SPREAD_S = 5;
/** Longer, and a charger looks dead to its driver. */
const MAX_SPREAD_S = 120;

export interface AdmissionRateOptions {
  /** Newcomers in the long run. */
  perSecond: number;
  /** Newcomers at once, before the rate counts. */
  burst: number;
  /** Milliseconds. */
  now: () => number;
  /** From 0 to below 1. */
  random: () => number;
}

/**
 * Guard: newcomers are taken as fast as this pod can serve them. When a whole fleet comes at once (a pod died, the power
 * is back) those who are in shall not notice; the others are told to come again, spread over the time that all need.
 */
export class AdmissionRate {
  private readonly options: AdmissionRateOptions;
  private tokens: number;
  /** Those turned away, less those there has been room for since: how many there are to come again. */
  private crowd = 0;
  private filledAt: number;

  constructor(options: AdmissionRateOptions) {
    this.options = options;
    this.tokens = options.burst;
    this.filledAt = options.now();
  }

  check(): Refusal | null {
    this.refill();
    if (this.tokens >= 1) {
      this.tokens -= 1;
      return null;
    }
    return this.turnAway();
  }

  /**
   * For who was let in by {@link check} and turned out to be unknown: the last half of the burst is kept for chargers that are
   * known, so that strangers cannot use it all up.
   */
  checkStranger(): Refusal | null {
    return this.tokens >= Math.floor(this.options.burst / 2) ? null : this.turnAway();
  }

  /** Who was refused after all has used nothing up: strangers must not keep the fleet out. */
  giveBack(): void {
    this.tokens = Math.min(this.options.burst, this.tokens + 1);
  }

  private turnAway(): Refusal {
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
