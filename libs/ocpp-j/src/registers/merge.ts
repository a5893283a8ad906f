import {
  EARLIEST,
  INTERVALS,
  LATEST,
  locationIn,
  locationsIn,
  type IntervalReadings,
  type MarkedReading,
  type Reading,
  type RegisterBook,
  type RegisterReadings,
} from './book.ts';

/** Orders by time. Of one moment the lower reading comes first, because a register only rises. */
export function byTime(a: Reading | MarkedReading, b: Reading | MarkedReading): number {
  return a[0] - b[0] || a[1] - b[1];
}

/**
 * Adds one book to another. Commutative, associative and idempotent: order and repetition of a transaction's
 * messages make no difference.
 */
export function mergeRegisters(a: RegisterBook, b: RegisterBook): RegisterBook {
  const registers = bounded(mergeRecords(a.registers, b.registers, mergeReadings));
  const startedAt = least(a.startedAt, b.startedAt);
  const endedAt = greatest(a.endedAt, b.endedAt);
  return {
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(endedAt === undefined ? {} : { endedAt }),
    registers,
    // A register is the better source, and intervals need much space.
    intervals: Object.keys(registers).length > 0 ? {} : bounded(mergeRecords(a.intervals, b.intervals, mergeIntervals)),
    signed: a.signed || b.signed,
    ...((a.unitAssumed ?? b.unitAssumed) && { unitAssumed: true }),
  };
}

export function mergeReadings(a: RegisterReadings, b: RegisterReadings): RegisterReadings {
  return {
    start: betterStart(a.start, b.start),
    end: betterEnd(a.end, b.end),
    first: distinct([...a.first, ...b.first]).slice(0, EARLIEST),
    last: distinct([...a.last, ...b.last]).slice(-LATEST),
    ...extreme('highest', a, b, (one, other) => one[1] - other[1]),
    ...extreme('lowest', a, b, (one, other) => other[1] - one[1]),
  };
}

/** Of equals the earliest. */
function extreme(
  which: 'highest' | 'lowest',
  { [which]: a }: RegisterReadings,
  { [which]: b }: RegisterReadings,
  beyond: (one: Reading, other: Reading) => number,
): Partial<RegisterReadings> {
  const reading = a && b ? ((beyond(b, a) || a[0] - b[0]) > 0 ? b : a) : (a ?? b);
  return reading === undefined ? {} : { [which]: reading };
}

export function mergeIntervals(a: IntervalReadings, b: IntervalReadings): IntervalReadings {
  const byMoment = new Map<number, Reading>();
  let clockStands = false;
  // In order of value, so that of two readings for one moment the higher stays.
  for (const reading of distinct([...a.told, ...b.told])) {
    clockStands ||= (byMoment.get(reading[0])?.[1] ?? 0) > 0;
    byMoment.set(reading[0], reading);
  }
  const readings = [...byMoment.values()];
  // Two amounts for one moment are two intervals of a clock that stands still, and nobody can tell how many more.
  return { told: readings.slice(0, INTERVALS), more: a.more || b.more || clockStands || readings.length > INTERVALS };
}

function betterStart(a: MarkedReading, b: MarkedReading): MarkedReading {
  return (a[2] - b[2] || byTime(b, a)) >= 0 ? a : b;
}

function betterEnd(a: MarkedReading, b: MarkedReading): MarkedReading {
  return (a[2] - b[2] || byTime(a, b)) >= 0 ? a : b;
}

/** In order of time, each time and value once. */
function distinct(readings: readonly Reading[]): Reading[] {
  return readings.toSorted(byTime).filter((reading, i, all) => i === 0 || byTime(all[i - 1] as Reading, reading) !== 0);
}

function mergeRecords<T>(
  a: Readonly<Record<string, T>>,
  b: Readonly<Record<string, T>>,
  merge: (a: T, b: T) => T,
): Record<string, T> {
  const merged: Record<string, T> = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const own = merged[key];
    merged[key] = own === undefined ? value : merge(own, value);
  }
  return merged;
}

/** Limits the locations, because a charger can invent any number of them. */
function bounded<T>(sources: Record<string, T>): Record<string, T> {
  const kept = new Set(locationsIn(Object.keys(sources)));
  return Object.fromEntries(Object.entries(sources).filter(([source]) => kept.has(locationIn(source))));
}

function least(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}

function greatest(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
}
