import { ownClock } from '../charger-time.ts';
import type { Moment } from '../effect-values.ts';
import type { Sample } from '../effects.ts';
import {
  EMPTY_BOOK,
  MARK,
  PHASES,
  locationOf,
  sourceOf,
  type IntervalReadings,
  type Phase,
  type RegisterBook,
  type RegisterReadings,
} from './book.ts';
import { mergeIntervals, mergeReadings, mergeRegisters } from './merge.ts';

const REGISTER = 'Energy.Active.Import.Register';
const INTERVAL = 'Energy.Active.Import.Interval';

/** The part of a message of a transaction from which its registers are read. */
export interface RegisterMessage extends Moment {
  /** A start, an update and an end are those of the transaction; `reading` is a MeterValues that belongs to it. */
  role: 'started' | 'updated' | 'ended' | 'reading';
  samples: readonly Sample[];
  /** meterStart of 1.6 StartTransaction, Wh. */
  meterStartWh?: number | undefined;
  /** meterStop of 1.6 StopTransaction, Wh. */
  meterStopWh?: number | undefined;
}

/** The book of one message; those of a transaction are put together by `mergeRegisters`. */
export function readRegisters(message: RegisterMessage): RegisterBook {
  const { role, samples, meterStartWh, meterStopWh } = message;
  const at = message.at.getTime();
  const registers: Record<string, RegisterReadings> = {};
  const intervals: Record<string, IntervalReadings> = {};
  const add = (source: string, readings: RegisterReadings) => {
    const own = registers[source];
    registers[source] = own ? mergeReadings(own, readings) : readings;
  };
  const readable = counted(samples);
  for (const { sample, source, register } of readable) {
    const { value: wh = 0, context } = sample;
    if (register) {
      add(source, one(sample.at.getTime(), wh, startMark(role, context), endMark(role, context)));
    } else {
      const key = context === 'Sample.Clock' ? `${source} clock` : source;
      const interval = intervalAt(ownClock(sample), wh);
      const own = intervals[key];
      intervals[key] = own ? mergeIntervals(own, interval) : interval;
    }
  }
  // The fields of 1.6 name no location: what the connector has delivered is meant.
  if (isRegister(meterStartWh)) add('Outlet', one(at, meterStartWh, MARK.start.field, MARK.end.none));
  if (isRegister(meterStopWh)) add('Outlet', one(at, meterStopWh, MARK.start.none, MARK.end.field));
  const book = {
    ...(role === 'started' && { startedAt: ownClock(message) ?? at }),
    ...(role === 'ended' && { endedAt: ownClock(message) ?? at }),
    registers,
    intervals,
    signed: samples.some((sample) => sample.measurand === REGISTER && isUnreadSigned(sample)),
    ...(readable.some(({ sample }) => sample.unitAssumed) && { unitAssumed: true as const }),
  };
  return mergeRegisters(book, EMPTY_BOOK);
}

/** A sample that counts, and the name of its source in a book. */
export interface CountedSample {
  sample: Sample;
  source: string;
  /** False: an interval. */
  register: boolean;
}

/**
 * The samples from which a bill can be made. If a value was sent twice for one moment, only the plainer one counts (see
 * {@link plainness}).
 */
export function counted(samples: readonly Sample[]): CountedSample[] {
  const readable = samples.flatMap((sample): CountedSample[] => {
    const phase = phaseOf(sample.phase);
    if (!isEnergyImport(sample) || sample.unit !== 'Wh' || !isRegister(sample.value)) return [];
    if (isUnreadSigned(sample)) return [];
    if (phase === null) return [];
    const source = sourceOf(locationOf(sample.location || 'Outlet'), phase);
    return [{ sample, source, register: sample.measurand === REGISTER }];
  });
  const plainest = new Map<string, number>();
  const moment = ({ sample, source }: CountedSample) =>
    `${sample.at.getTime()} ${sample.measurand} ${source} ${sample.context ?? ''}`;
  for (const each of readable)
    plainest.set(moment(each), Math.max(plainest.get(moment(each)) ?? 0, plainness(each.sample)));
  return readable.filter((each) => plainness(each.sample) === plainest.get(moment(each)));
}

/** A number beside its signature may be a copy in the meter's own unit; a number without a unit may be anything. */
function plainness({ signed, unitAssumed }: Sample): number {
  return (signed ? 0 : 2) + (unitAssumed ? 0 : 1);
}

function isEnergyImport({ measurand }: Sample): boolean {
  return measurand === REGISTER || measurand === INTERVAL;
}

/** Meters sign in their own unit, which need not be the default. */
function isUnreadSigned({ signed, unitAssumed, value }: Sample): boolean {
  return signed === true && (unitAssumed === true || value === undefined);
}

/** No register is negative. */
function isRegister(wh: number | undefined): wh is number {
  return wh !== undefined && Number.isFinite(wh) && wh >= 0;
}

/**
 * Undefined for the total. Null for a phase that is no part of a total (N, or between two phases). "L1" and "L1-N" are two
 * names of one.
 */
function phaseOf(phase: string | undefined): Phase | undefined | null {
  if (phase === undefined || phase === '') return undefined;
  return PHASES.find((each) => phase.toUpperCase() === each || phase.toUpperCase() === `${each}-N`) ?? null;
}

function one(at: number, wh: number, startMark: number, endMark: number): RegisterReadings {
  const reading = [at, wh] as const;
  return {
    start: [at, wh, startMark],
    end: [at, wh, endMark],
    first: [reading],
    last: [reading],
    highest: reading,
    lowest: reading,
  };
}

/** An interval without a time cannot be distinguished from a repeated one. */
function intervalAt(clockMs: number | null, wh: number): IntervalReadings {
  return clockMs === null ? { told: [], more: true } : { told: [[clockMs, wh]], more: false };
}

function startMark(role: RegisterMessage['role'], context: string | undefined): number {
  if (context === 'Transaction.Begin') return MARK.start.context;
  return role === 'started' && context !== 'Transaction.End' ? MARK.start.message : MARK.start.none;
}

function endMark(role: RegisterMessage['role'], context: string | undefined): number {
  if (context === 'Transaction.End') return role === 'ended' ? MARK.end.context : MARK.end.elsewhere;
  return role === 'ended' && context !== 'Transaction.Begin' ? MARK.end.message : MARK.end.none;
}
