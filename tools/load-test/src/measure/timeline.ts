import type { IntervalRecord } from '../generator/tally.ts';
import type { PhaseName } from '../plan/phases.ts';
import { decode, latencyOf, merge } from './histogram.ts';

/** One second of the whole fleet. */
export interface Second {
  /** Seconds since the run began. */
  at: number;
  phase: PhaseName;
  planned: number;
  answered: number;
  errors: number;
  connected: number;
  waiting: number;
  /** Milliseconds; null where nothing was answered. */
  p50: number | null;
  p99: number | null;
}

type Part = IntervalRecord & { process: number };

/** Puts the seconds of all processes together. */
export class Timeline {
  readonly seconds: Second[] = [];
  readonly #processes: number;
  #parts: Part[] = [];
  readonly #states = new Map<number, Pick<IntervalRecord, 'connected' | 'waiting'>>();

  constructor(processes: number) {
    this.#processes = processes;
  }

  /** @returns whether all processes have said theirs, so that the second can be closed: their clocks are not ours */
  add(process: number, interval: IntervalRecord): boolean {
    this.#parts.push({ ...interval, process });
    return new Set(this.#parts.map((part) => part.process)).size === this.#processes;
  }

  /** Ends a second. @param at seconds since the run began */
  close(at: number, phase: PhaseName): Second {
    const parts = this.#parts;
    this.#parts = [];
    // What is open now is what each process said last.
    for (const { process, connected, waiting } of parts) this.#states.set(process, { connected, waiting });
    const sum = (of: 'planned' | 'answered' | 'errors'): number => parts.reduce((total, part) => total + part[of], 0);
    const states = [...this.#states.values()];
    const { p50, p99 } = latencyOf(merge(parts.map(({ latency }) => decode(latency))));
    const second: Second = {
      at,
      phase,
      planned: sum('planned'),
      answered: sum('answered'),
      errors: sum('errors'),
      connected: states.reduce((total, { connected }) => total + connected, 0),
      waiting: states.reduce((total, { waiting }) => total + waiting, 0),
      p50,
      p99,
    };
    this.seconds.push(second);
    return second;
  }
}
