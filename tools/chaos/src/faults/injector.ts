import { setTimeout as delay } from 'node:timers/promises';
import { placeOf, type Fault, type Target } from './plan.ts';

/** What a fault does to its target. */
export interface Victim {
  kill(): Promise<void>;
  /** Resolves when it is healthy. */
  start(): Promise<void>;
}

/** Carries a plan out. Faults at one place never overlap: a second waits for the first to be healed. */
export class Injector {
  readonly counts = new Map<Target, number>();
  readonly #victims: Readonly<Record<Target, Victim>>;
  readonly #report: (message: string) => void;
  readonly #busy = new Map<string, Promise<void>>();

  constructor(victims: Readonly<Record<Target, Victim>>, report: (message: string) => void) {
    this.#victims = victims;
    this.#report = report;
  }

  /** Resolves when the last fault is healed and everything runs. */
  async run(plan: readonly Fault[], durationMs: number): Promise<void> {
    const begun = performance.now();
    const until = (moment: number): Promise<unknown> => delay(Math.max(0, begun + moment - performance.now()));
    for (const fault of plan) {
      await until(fault.atMs);
      const place = placeOf(fault.target);
      const turn = (this.#busy.get(place) ?? Promise.resolve()).then(() => this.#inject(fault));
      // Reported at the end, when nothing is under way any more.
      turn.catch(() => undefined);
      this.#busy.set(place, turn);
    }
    await until(durationMs);
    const ends = await Promise.allSettled(this.#busy.values());
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  }

  async #inject({ target, downMs }: Fault): Promise<void> {
    const victim = this.#victims[target];
    this.counts.set(target, (this.counts.get(target) ?? 0) + 1);
    this.#report(`${target}: away for ${(downMs / 1000).toFixed(1)} s`);
    await victim.kill();
    await delay(downMs);
    const begun = performance.now();
    await victim.start();
    this.#report(`${target}: back, healthy after ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  }
}
