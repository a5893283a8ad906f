import { MARK, PHASES, locationsIn, sourceOf, type RegisterBook, type RegisterReadings } from './book.ts';
import { endsAreMarked, endsOf, type Ends } from './ends.ts';
import { sumOfIntervals } from './intervals.ts';
import type { EnergyReason } from './reasons.ts';
import { exactWh } from './wh.ts';

/** What a transaction is billed for. */
export interface Bill {
  /** Register at the start, Wh; null when none is known, or the charge point reported energy by interval. */
  meterStartWh: number | null;
  /** When the register stood at {@link meterStartWh}, milliseconds since 1970; null when that is. */
  startAt: number | null;
  /** Register at the end, Wh; while the transaction runs, the latest that agrees with the others. */
  meterStopWh: number | null;
  /**
   * When the register stood at {@link meterStopWh}, or when the latest interval ended by the charge point's own clock;
   * milliseconds since 1970, null when there is neither.
   */
  stopAt: number | null;
  /** Wh delivered, so far while the transaction runs; null when the readings do not show it. It is never a guess. */
  energyWh: number | null;
  /** Why there is no energy; null when there is. */
  reason: EnergyReason | null;
  /** The register that was chosen: "Outlet", "Inlet L1+L2+L3", "Outlet intervals"; null when there is none. */
  source: string | null;
}

export interface BillOptions {
  /** False while the transaction runs: then no reading is its end, and the energy is that so far. */
  ended: boolean;
  /** Messages of the transaction are known to be missing (2.0.1 sequence numbers): intervals may be, too. */
  incomplete?: boolean;
}

/** One register, or the parts that add up to one. */
interface Measure {
  source: string;
  parts: readonly RegisterReadings[];
}

/** Registers that were read do not change, and each message asks for the same bill several times. */
const bills = new WeakMap<RegisterBook, Map<string, Bill>>();

/**
 * The bill by the order of preference of docs/registers.md: the first register whose start and end are marked, else
 * the first with two readings that agree. The one that is chosen decides: where it contradicts itself, no other is tried.
 */
export function billOf(book: RegisterBook, options: BillOptions): Bill {
  const known = bills.get(book) ?? new Map<string, Bill>();
  if (known.size === 0) bills.set(book, known);
  const key = `${options.ended} ${options.incomplete ?? false}`;
  const bill = known.get(key) ?? chosenBill(book, options);
  known.set(key, bill);
  return bill;
}

function chosenBill(book: RegisterBook, options: BillOptions): Bill {
  const measures = locationsIn(Object.keys(book.registers)).flatMap((location) => measuresAt(book, location));
  const marked = options.ended ? measures.filter(({ parts }) => parts.every(endsAreMarked)) : [];
  const judged = [...marked, ...measures].map((measure) => ({ ...measure, ends: endsOfParts(measure, options.ended) }));
  const chosen =
    judged.find(({ ends }) => contradicts(ends) || (ends.start && ends.end && !ends.reason)) ??
    judged.find(({ ends }) => ends.start ?? ends.end) ??
    judged[0];
  if (chosen) return billBy(chosen.source, chosen.ends);
  return billByIntervals(book, options);
}

/**
 * The least that a later register of this transaction can be, Wh: the latest reading of its outlet that agrees with the
 * others. Null when none is known, or the register fell.
 */
export function lastRegisterWh(book: RegisterBook): number | null {
  const readings = book.registers[sourceOf('Outlet')];
  if (!readings) return null;
  const { start, end, reason } = endsOf(readings, readings.end[2] >= MARK.end.message);
  if (reason === 'register_fell') return null;
  const trusted = reason === undefined ? (end ?? start) : (start ?? end);
  return trusted?.[1] ?? null;
}

function contradicts({ reason }: Ends): boolean {
  return reason === 'register_fell' || reason === 'register_implausible';
}

/**
 * The last value of the register that the bill prefers, Wh; null when there is none. It is meant for the book of one
 * message, by which the cost is asked for.
 */
export function latestRegisterWh(book: RegisterBook): number | null {
  for (const { parts } of locationsIn(Object.keys(book.registers)).flatMap((location) => measuresAt(book, location))) {
    const latest = parts.map((part) => {
      const { start, end } = endsOf(part, true);
      return end ?? start;
    });
    if (!latest.includes(undefined)) return exactWh(latest.reduce((sum, reading) => sum + (reading?.[1] ?? 0), 0));
  }
  return null;
}

/** The total before the phases. */
function measuresAt({ registers }: RegisterBook, location: string): Measure[] {
  const total = registers[sourceOf(location)];
  const phases = PHASES.filter((phase) => registers[sourceOf(location, phase)]);
  const parts = phases.map((phase) => registers[sourceOf(location, phase)] as RegisterReadings);
  return [
    ...(total ? [{ source: location, parts: [total] }] : []),
    ...(parts.length > 0 ? [{ source: `${location} ${phases.join('+')}`, parts }] : []),
  ];
}

/** The sum of the ends of all parts; there is no sum when a part has none. */
function endsOfParts({ parts }: Measure, ended: boolean): Ends {
  const ends = parts.map((part) => endsOf(part, ended));
  if (ends.length === 1) return ends[0] as Ends;
  const sum = (of: 'start' | 'end') => {
    const readings = ends.flatMap((each) => (each[of] ? [each[of]] : []));
    if (readings.length < ends.length) return undefined;
    return [Math.max(...readings.map(([at]) => at)), readings.reduce((total, [, wh]) => total + wh, 0)] as const;
  };
  const [start, end] = [sum('start'), sum('end')];
  const unequal = new Set(ends.map((each) => `${!each.start} ${!each.end}`)).size > 1;
  return {
    start,
    end,
    reason: ends.find(({ reason }) => reason)?.reason ?? (unequal ? 'phases_incomplete' : undefined),
  };
}

function billBy(source: string, { start, end, reason }: Ends): Bill {
  const common = {
    meterStartWh: start ? exactWh(start[1]) : null,
    startAt: start ? start[0] : null,
    meterStopWh: end ? exactWh(end[1]) : null,
    stopAt: end ? end[0] : null,
    source,
  };
  if (reason === undefined && start && end) return { ...common, energyWh: exactWh(end[1] - start[1]), reason: null };
  return { ...common, energyWh: null, reason: reason ?? (start ? 'no_end_register' : 'no_start_register') };
}

function billByIntervals(book: RegisterBook, { ended, incomplete = false }: BillOptions): Bill {
  const none = { meterStartWh: null, startAt: null, meterStopWh: null, stopAt: null };
  const span = { startedAt: book.startedAt, endedAt: ended ? book.endedAt : undefined };
  const measured = locationsIn(Object.keys(book.intervals)).flatMap((location) => intervalsAt(book, location));
  for (const { source, parts } of incomplete ? [] : measured) {
    const sums = parts.map((part) => sumOfIntervals(part, span));
    if (sums.includes(null)) continue;
    const energyWh = exactWh(sums.reduce<number>((total, sum) => total + (sum ?? 0), 0));
    const stopAt = Math.max(...parts.flatMap(({ told }) => told.at(-1)?.[0] ?? []));
    return { ...none, stopAt: Number.isFinite(stopAt) ? stopAt : null, energyWh, reason: null, source };
  }
  const reason = measured.length > 0 ? 'intervals_missing' : book.signed ? 'signed_unit_unknown' : 'no_register';
  return { ...none, energyWh: null, reason, source: measured[0]?.source ?? null };
}

/** Sampled values come before clock-aligned ones, because both measure the same energy. The total comes before the phases. */
function intervalsAt({ intervals }: RegisterBook, location: string) {
  return ['', ' clock'].flatMap((clock) => {
    const total = intervals[`${sourceOf(location)}${clock}`];
    const parts = PHASES.flatMap((phase) => intervals[`${sourceOf(location, phase)}${clock}`] ?? []);
    const source = `${location} intervals`;
    return [...(total ? [{ source, parts: [total] }] : []), ...(parts.length > 0 ? [{ source, parts }] : [])];
  });
}
