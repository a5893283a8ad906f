import type { Frame } from '../overview/exchanges.ts';
import type { Overview } from '../overview/overview.ts';
import type { FindingKind } from './kinds.ts';
import type { FindingSettings } from './settings.ts';

/** One time that something was found. */
export interface Occurrence {
  at: Date;
  /** When it was over; absent: at once. */
  until?: Date;
  /** The frames that prove it. */
  frames: readonly (Frame | undefined)[];
  /** One sentence, without id tokens. */
  detail: string;
  /** How many times this stands for. */
  count?: number;
}

/** Looks for one kind of finding, in time that is linear in the number of messages. */
export interface Detector {
  kind: FindingKind;
  find(overview: Overview, settings: FindingSettings): Iterable<Occurrence>;
}

/** A duration in words: 90 s, 12 min, 5 h. */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
}
