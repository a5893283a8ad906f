import { refuse, type Refusal } from './refusal.ts';

/** While what is in waits for longer than this, hardly anybody else is accepted. */
const LONGEST_WAIT_MS = 500;
/** Of the rate; this much is accepted however long others wait, since a pod may be overloaded for hours. */
const ALWAYS = 1 / 50;
/** So many seconds of it at once: a wait that is short, or of one charge point alone, keeps no few newcomers out. */
const ALWAYS_S = 2;
/** With a longer Retry-After, a charge point looks broken to its driver. */
const LONGEST_RETRY_S = 120;
/** More are asked to come than were accepted lately, so that room is never left. Who is refused again costs little. */
const HEADROOM = 1.25;
const MEASURED_MS = 1_000;

export interface AdmissionRateOptions {
  /** New connections in the long run, for each second, at most. */
  perSecond: number;
  /** New connections at once, before the rate counts. */
  burst: number;
  /** How long charge points that are in wait for what they cause to be written, milliseconds. */
  waitMs: () => number;
  /** Milliseconds. */
  now: () => number;
}

/**
 * Guard: accepts new connections only as fast as this pod can serve them. When a whole fleet comes at once (a pod died,
 * the power is back), existing connections are not affected, and the others are asked to come back one after the other,
 * at the pace at which the pod accepts them (docs/adr/0079).
 */
export class AdmissionRate {
  private tokens: number;
  private filledAt: number;
  /** Charge points a second that are asked to come back. */
  private pace: number;
  /** What is left of {@link ALWAYS}. */
  private reserve: number;
  /** When the last of those that were refused is to come back. */
  private lastSlot = 0;
  private measured: { since: number; accepted: number; refused: boolean };

  constructor(private readonly options: AdmissionRateOptions) {
    const { burst, perSecond, now } = options;
    this.tokens = burst;
    this.reserve = this.mostReserve;
    this.filledAt = now();
    this.pace = perSecond;
    this.measured = { since: this.filledAt, accepted: 0, refused: false };
  }

  check(): Refusal | null {
    const at = this.refill();
    this.measure(at);
    if (this.tokens < 1 || !this.isInTime(LONGEST_WAIT_MS, 1)) return this.reject(at);
    this.tokens -= 1;
    this.measured.accepted += 1;
    return null;
  }

  /**
   * Checks an unknown charge point that {@link check} accepted. The last half of the burst, of the wait and of what is
   * always accepted is reserved for known ones, so that strangers cannot use it up.
   */
  checkStranger(): Refusal | null {
    const { burst, now } = this.options;
    const hasRoom = this.tokens >= Math.floor(burst / 2) && this.isInTime(LONGEST_WAIT_MS / 2, this.mostReserve / 2);
    return hasRoom ? null : this.reject(now());
  }

  /** Returns the place of a handshake that was refused later, so that strangers cannot keep the fleet out. */
  giveBack(): void {
    this.tokens = Math.min(this.options.burst, this.tokens + 1);
    this.measured.accepted -= 1;
  }

  private get mostReserve(): number {
    return Math.max(1, this.options.perSecond * ALWAYS * ALWAYS_S);
  }

  /** Whether those who are in wait no longer than `mostMs`, or else what is always accepted reaches, `least` of it left. */
  private isInTime(mostMs: number, least: number): boolean {
    if (this.options.waitMs() <= mostMs) return true;
    if (this.reserve < least) return false;
    this.reserve -= 1;
    return true;
  }

  private reject(at: number): Refusal {
    this.measured.refused = true;
    this.lastSlot = Math.max(at, this.lastSlot) + 1000 / this.pace;
    const seconds = Math.ceil((this.lastSlot - at) / 1000);
    return refuse(503, 'too_many_handshakes', 'more chargers connect than are taken at once; try again later', {
      'retry-after': String(Math.min(LONGEST_RETRY_S, seconds)),
    });
  }

  private measure(at: number): void {
    const { since, accepted, refused } = this.measured;
    if (at - since < MEASURED_MS) return;
    const { perSecond } = this.options;
    const perSecondNow = Math.max(perSecond * ALWAYS, (accepted * 1000) / (at - since)) * HEADROOM;
    // Where nobody was refused, no more had come.
    this.pace = refused ? Math.min(perSecond, (this.pace + perSecondNow) / 2) : perSecond;
    this.measured = { since: at, accepted: 0, refused: false };
  }

  private refill(): number {
    const { now, perSecond, burst } = this.options;
    const at = now();
    const seconds = (at - this.filledAt) / 1000;
    this.tokens = Math.min(burst, this.tokens + seconds * perSecond);
    this.reserve = Math.min(this.mostReserve, this.reserve + seconds * perSecond * ALWAYS);
    this.filledAt = at;
    return at;
  }
}
