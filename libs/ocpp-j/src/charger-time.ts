import type { ChargerTime, Moment } from './effect-values.ts';
import { type TimeStyle, parseTime } from './time-text.ts';

const DAY_MS = 86_400_000;
/** No replayed message in the field was older than this. A clock that was reset to a fixed date is older, sooner or later. */
const MAX_AGE_MS = 366 * DAY_MS;
const MAX_LEAD_MS = DAY_MS;

/** The form of a time whose text holds nothing but the moment, so that the text need not be kept. */
const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** Reads a charger's timestamp. Its clock is never a reason to refuse a message: an absurd time is replaced by `now`. */
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

/** The moment by the charger's own clock, milliseconds since 1970; null when the charger sent none. */
export function ownClock({ at, clockMs }: Moment): number | null {
  return clockMs === undefined ? at.getTime() : clockMs;
}

/**
 * Reads a time that may lie far in the future or the past, such as the end of a validity. Undefined when there is none, or
 * the text is no time.
 */
export function readDistantTime(raw: string | undefined): Date | undefined {
  const parsed = raw === undefined ? null : parseTime(raw);
  return parsed === null ? undefined : new Date(parsed.epochMs);
}

/** Whether the charger's clock is wrong (notes 4.2): the text is a time, but it is too far from `now` to be right. */
export function clockIsAbsurd(raw: string | undefined, now: Date): boolean {
  const parsed = raw === undefined ? null : parseTime(raw);
  return parsed !== null && isAbsurd(parsed.epochMs, now);
}

/** How the time is written; undefined when the text is no time. */
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
