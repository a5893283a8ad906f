import { setTimeout as delay } from 'node:timers/promises';

/** The time in which a charger lives. */
export interface Time {
  now(): Date;
  /** @throws AbortError when the signal says so */
  pause(ms: number, signal: AbortSignal): Promise<void>;
}

export const REAL_TIME: Time = {
  now: () => new Date(),
  pause: (ms, signal) => delay(ms, undefined, { signal }),
};

/** Time that begins at `from` and runs `speed` times as fast as ours, so that hours of charging take seconds. */
export function fastTime(from: Date, speed: number): Time {
  const began = performance.now();
  return {
    now: () => new Date(from.getTime() + (performance.now() - began) * speed),
    pause: (ms, signal) => delay(ms / speed, undefined, { signal }),
  };
}

interface Waiting {
  readonly ended: boolean;
  pause(ms: number): Promise<void>;
  clock(): Date;
}

/** Until the charger's clock shows that moment, or the charger has ended. */
export async function pauseUntil(charger: Waiting, moment: Date): Promise<void> {
  // Timers hold 24 days at most.
  for (let left = 1; left > 0 && !charger.ended; left = moment.getTime() - charger.clock().getTime())
    await charger.pause(Math.min(left, 2 ** 31 - 1));
}
