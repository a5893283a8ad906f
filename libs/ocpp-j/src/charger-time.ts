import type { ChargerTime, Moment } from './effect-values.ts';
import { type TimeStyle, parseTime } from './time-text.ts';

const DAY_MS = 86_400_000;
/** A replay is no older, as far as anybody has seen; a clock that starts at some date is, sooner or later. */
const MAX_AGE_MS = 366 * DAY_MS;
const MAX_LEAD_MS = DAY_MS;

/** What says nothing beyond the moment it stands for. */
const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** Reads a charger's timestamp. Its clock is never a reason to refuse a message: what cannot be meant is `now`. */
export function readChargerTime(raw: string | undefined, now: Date): ChargerTime {
  if (raw === undefined) return { at: now, assumed: true };
  const parsed = parseTime(raw);
  if (parsed === null || isAbsurd(parsed.epochMs, now)) return { at: now, raw, assumed: true };
  const at = new Date(parsed.epochMs);
  return RFC_3339.test(raw) ? { at } : { at, raw };
}

export function momentOf({ at, raw, assumed }: ChargerTime): Moment {
  if (!assumed) return { at };
  return { at, clockMs: raw === undefined ? null : (parseTime(raw)?.epochMs ?? null) };
}

/** The moment by the charger's own clock, milliseconds since 1970; null: it told none. */
export function ownClock({ at, clockMs }: Moment): number | null {
  return clockMs === undefined ? at.getTime() : clockMs;
}

/** A time that is no clock's and may lie far away, as the end of a validity does. Undefined: none, or no time. */
export function readDistantTime(raw: string | undefined): Date | undefined {
  const parsed = raw === undefined ? null : parseTime(raw);
  return parsed === null ? undefined : new Date(parsed.epochMs);
}

/** Whether it is the charger's clock that is wrong (notes 4.2): the text is a time, and no time that can be meant. */
export function clockIsAbsurd(raw: string | undefined, now: Date): boolean {
  const parsed = raw === undefined ? null : parseTime(raw);
  return parsed !== null && isAbsurd(parsed.epochMs, now);
}

/** How a time is written; undefined: it is none. */
export function timeStyle(raw: string): TimeStyle | undefined {
  return parseTime(raw)?.style;
}

function isAbsurd(epochMs: number, now: Date): boolean {
  const age = now.getTime() - epochMs;
  return age > MAX_AGE_MS || age < -MAX_LEAD_MS;
}

/** Some chargers dislike more or fewer than three fraction digits. */
export function formatTime(date: Date): string {
  return date.toISOString();
}
