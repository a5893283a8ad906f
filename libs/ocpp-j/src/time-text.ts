import { bareText } from './bare-text.ts';

/** `standard`: the form that the schemas demand. */
export type TimeStyle = 'standard' | 'without offset' | 'other';

export interface TimeText {
  epochMs: number;
  style: TimeStyle;
}

/** No time is longer. The limit keeps long texts away from the regular expressions. */
const MAX_LENGTH = 80;

const CLOCK = String.raw`(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,](?<fraction>\d*))?)?`;
const OFFSET = String.raw`(?<sign>[+-])(?<offsetHour>\d{2}|\d(?=:)):?(?<offsetMinute>\d{2})?`;
/** `Z`, `+02:00`, ` UTC`, `GMT+0200`; Java adds `[Europe/Berlin]`, JavaScript `(Central European Time)`. */
const ZONE = String.raw`(?: ?(?<zulu>[Zz]|UTC|GMT)?(?:${OFFSET})?)(?: ?\[[^\]]*\]| \([^)]*\))?`;
const NAMED = String.raw`(?<monthName>[A-Za-z]{3})[a-z]*`;

/** Lower-case letters and a space for the T pass (notes 2.11). */
const STANDARD =
  /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})[Tt ](?<hour>\d{2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,](?<fraction>\d*))?)?(?:(?<zulu>[Zz])|(?<sign>[+-])(?<offsetHour>\d{2}|\d(?=:)):?(?<offsetMinute>\d{2})?)?$/;

/** The form that the schemas accept. Similar forms are read as well, and are reported as deviations. */
const AS_SPECIFIED =
  /^\d{4}-\d{2}-\d{2}[Tt\s](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:[Zz]|[+-]\d{2}(?::?\d{2})?)$/;

/** Forms that can mean one time only: none in which day and month could be exchanged. */
const OTHERS: readonly RegExp[] = [
  // ISO 8601 basic, as legal as the extended one.
  String.raw`(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})[Tt ]?(?<hour>\d{2})(?<minute>\d{2})(?:(?<second>\d{2})(?:[.,](?<fraction>\d+))?)?${ZONE}`,
  String.raw`(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})`,
  // Year first, whatever stands between; a date alone is its midnight.
  String.raw`(?<year>\d{4})[-/.](?<month>\d{1,2})[-/.](?<day>\d{1,2})(?:(?:[Tt]| {1,2})${CLOCK}${ZONE})?`,
  String.raw`(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})(?:,? ${CLOCK}${ZONE})?`,
  // RFC 2822, and as C and JavaScript print a time.
  String.raw`(?:[A-Za-z]{3,9},? )?(?<day>\d{1,2})[ -]${NAMED}[ -](?<year>\d{4})(?: ${CLOCK}${ZONE})?`,
  String.raw`(?:[A-Za-z]{3,9},? )?${NAMED} {1,2}(?<day>\d{1,2}),? (?<year>\d{4})(?: ${CLOCK}${ZONE})?`,
  String.raw`(?:[A-Za-z]{3,9},? )?${NAMED} {1,2}(?<day>\d{1,2}) ${CLOCK} (?<year>\d{4})`,
].map((pattern) => new RegExp(`^${pattern}$`));

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Seconds since 1970, or thousandths, millionths and so on, by their size; also as .NET wraps them. */
const EPOCH = /^(?:\/Date\()?(?<epoch>\d{1,19}(?:\.\d+)?(?:[eE]\+?\d{1,2})?)(?:\)\/)?$/;
const LARGEST_SECONDS = 1e11;
const MAX_DATE_MS = 8.64e15;

/** Null when the text is no time. */
export function parseTime(raw: string): TimeText | null {
  if (raw.length > MAX_LENGTH) return null;
  const text = bareText(raw);
  const standard = STANDARD.exec(text)?.groups;
  if (standard) {
    const epochMs = epochOf(standard);
    return epochMs === null ? null : { epochMs, style: styleOf(raw, standard) };
  }
  for (const pattern of OTHERS) {
    const groups = pattern.exec(text)?.groups;
    const epochMs = groups ? epochOf(groups) : null;
    if (epochMs !== null) return { epochMs, style: 'other' };
  }
  const epoch = EPOCH.exec(text)?.groups?.['epoch'];
  return epoch === undefined ? null : ofEpoch(Number(epoch));
}

function ofEpoch(epoch: number): TimeText | null {
  let seconds = epoch;
  while (seconds >= LARGEST_SECONDS) seconds /= 1000;
  const epochMs = Math.round(seconds * 1000);
  return epochMs > MAX_DATE_MS ? null : { epochMs, style: 'other' };
}

type Groups = Readonly<Record<string, string | undefined>>;

function styleOf(raw: string, { zulu, sign }: Groups): TimeStyle {
  if (zulu === undefined && sign === undefined) return 'without offset';
  return AS_SPECIFIED.test(raw) ? 'standard' : 'other';
}

function epochOf(groups: Groups): number | null {
  const [year, day, hour, minute, second, offsetHour, offsetMinute] = [
    'year',
    'day',
    'hour',
    'minute',
    'second',
    'offsetHour',
    'offsetMinute',
  ].map((name) => Number(groups[name] ?? 0)) as [number, number, number, number, number, number, number];
  const { monthName, fraction = '' } = groups;
  const month = monthName === undefined ? Number(groups['month']) - 1 : MONTHS.indexOf(monthName.toLowerCase());
  // 60 is a leap second, 24:00:00 the end of a day: both legal ISO 8601.
  if (hour > 24 || minute > 59 || second > 60 || (hour === 24 && minute + second > 0)) return null;
  if (offsetHour > 23 || offsetMinute > 59) return null;
  const midnight = new Date(Date.UTC(year, month, day));
  // Date.UTC takes years below 100 for 19xx, which the caller finds just as absurd, and rolls 30 February over to March.
  if (midnight.getUTCMonth() !== month || midnight.getUTCDate() !== day) return null;
  const milliseconds = Number(fraction.slice(0, 3).padEnd(3, '0'));
  const offsetMs = (groups['sign'] === '-' ? -1 : 1) * (offsetHour * 60 + offsetMinute) * 60_000;
  return midnight.getTime() + ((hour * 60 + minute) * 60 + second) * 1000 + milliseconds - offsetMs;
}
