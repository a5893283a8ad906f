import type { FleetOptions, Range } from '../plan/fleet.ts';
import type { Phase } from '../plan/phases.ts';
import type { IntervalRecord } from './tally.ts';

export interface GeneratorOptions {
  fleet: FleetOptions;
  /** Which of the chargers are this process's. */
  range: Range;
  seed: number;
  /** Seven letters or digits that tell this run from others. */
  run: string;
}

export type GeneratorRequest =
  | { do: 'prepare'; options: GeneratorOptions }
  /** Unix milliseconds. */
  | { do: 'run'; phase: Phase; startAt: number }
  | { do: 'acknowledged' };

/** What a process says each second. */
export interface Progress {
  interval: IntervalRecord;
}
