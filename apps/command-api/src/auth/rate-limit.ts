import type { Caller } from './tokens.ts';

const WINDOW_MS = 60_000;

/** What is left to a caller after a request. */
export interface Allowance {
  isAllowed: boolean;
  /** Requests that it may still make until the reset. */
  left: number;
  resetS: number;
}

/** Counts the requests of each token in windows of a minute, of which the first request begins one. */
export class RateLimit {
  private readonly windows = new Map<Caller, { endsAt: number; used: number }>();

  constructor(
    readonly perMinute: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  take(caller: Caller): Allowance {
    const now = this.now();
    let window = this.windows.get(caller);
    if (!window || window.endsAt <= now) {
      window = { endsAt: now + WINDOW_MS, used: 0 };
      this.windows.set(caller, window);
    }
    window.used += 1;
    return {
      isAllowed: window.used <= this.perMinute,
      left: Math.max(0, this.perMinute - window.used),
      resetS: Math.ceil((window.endsAt - now) / 1000),
    };
  }
}
