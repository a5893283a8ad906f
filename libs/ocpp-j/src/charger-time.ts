import type { ChargerTime } from './effect-values.ts';

/** Date, time with any number of fraction digits, offset; lower-case letters and a space for the T pass (notes 2.11). */
const ISO_8601 =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?(?:([Zz])|([+-])(\d{2}):?(\d{2})?)?$/;

const DAY_MS = 86_400_000;
/** No charger of these protocols existed before; 1970 and 0001 are clocks that were never set. */
const EARLIEST = Date.UTC(2000, 0, 1);

/** Reads a charger's timestamp. Its clock is never a reason to refuse a message: what cannot be meant is `now`. */
export function readChargerTime(raw: string | undefined, now: Date): ChargerTime {
  if (raw === undefined) return { at: now, assumed: true };
  const told = parse(raw.trim());
  if (told === null || isAbsurd(told.epochMs, now)) return { at: now, raw, assumed: true };
  const at = new Date(told.epochMs);
  return told.hasOffset ? { at } : { at, raw };
}

/** A time that is no clock's and may lie far away, as the end of a validity does. Undefined: none, or no time. */
export function readDistantTime(raw: string | undefined): Date | undefined {
  const told = raw === undefined ? null : parse(raw.trim());
  return told === null ? undefined : new Date(told.epochMs);
}

/** Whether it is the charger's clock that is wrong (notes 4.2): the text is a time, and no time that can be meant. */
export function clockIsAbsurd(raw: string | undefined, now: Date): boolean {
  const told = raw === undefined ? null : parse(raw.trim());
  return told !== null && isAbsurd(told.epochMs, now);
}

function isAbsurd(epochMs: number, now: Date): boolean {
  return epochMs < EARLIEST || epochMs > now.getTime() + DAY_MS;
}

/** Some chargers dislike more or fewer than three fraction digits. */
export function formatTime(date: Date): string {
  return date.toISOString();
}

function parse(text: string): { epochMs: number; hasOffset: boolean } | null {
  const match = ISO_8601.exec(text);
  if (!match) return null;
  const [, , , , , , , fraction = '', zulu, sign, offsetHours = '0', offsetMinutes = '0'] = match;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  // 60 is a leap second, 24:00:00 the end of a day: both legal ISO 8601.
  if (hour > 24 || minute > 59 || second > 60 || (hour === 24 && minute + second > 0)) return null;
  if (Number(offsetHours) > 23 || Number(offsetMinutes) > 59) return null;
  const midnight = new Date(Date.UTC(year, month - 1, day));
  // Date.UTC rolls 30 February over to March.
  if (midnight.getUTCMonth() !== month - 1 || midnight.getUTCDate() !== day) return null;
  const milliseconds = Number(fraction.slice(0, 3).padEnd(3, '0'));
  const offsetMs = (sign === '-' ? -1 : 1) * (Number(offsetHours) * 60 + Number(offsetMinutes)) * 60_000;
  const epochMs = midnight.getTime() + ((hour * 60 + minute) * 60 + second) * 1000 + milliseconds - offsetMs;
  return { epochMs, hasOffset: zulu !== undefined || sign !== undefined };
}
