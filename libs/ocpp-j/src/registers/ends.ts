import { MARK, type Reading, type RegisterReadings } from './book.ts';
import { byTime } from './merge.ts';
import type { EnergyReason } from './reasons.ts';

/** No charge point delivers more: 1 MW, in Wh a millisecond. */
const RATE = 1_000_000 / 3_600_000;
/**
 * How much a register may rise in no time, Wh: clocks are wrong, and times are written in whole seconds or minutes. Between
 * a marked start and a marked end the limit only excludes the number of another register (1 MWh is more than the
 * largest battery of a lorry takes). For a reading without a mark it is the battery of a large car.
 */
const MARKED_SLACK = 1_000_000;
const PASSING_SLACK = 100_000;

/** The first and the last reading of one register in a transaction, or why they cannot be named. */
export interface Ends {
  start: Reading | undefined;
  end: Reading | undefined;
  reason?: EnergyReason | undefined;
}

/**
 * Takes the marked start and the marked end; where one is missing, the earliest or latest reading that agrees with the
 * others. One reading that contradicts its neighbours changes nothing. If two such readings agree with each other, the ends
 * are unknown.
 */
export function endsOf(readings: RegisterReadings, ended: boolean): Ends {
  const start = readings.start[2] > 0 ? plain(readings.start) : undefined;
  const end = ended && readings.end[2] > 0 ? plain(readings.end) : undefined;
  if (start && end) return markedEnds(start, end, readings);
  const all = [...readings.first, ...readings.last].toSorted(byTime);
  const points = all.filter((point, i) => i === 0 || byTime(all[i - 1] as Reading, point) !== 0);
  if (start) return forward(start, points);
  if (end) return backward(end, points);
  return unanchored(points);
}

/**
 * Whether a reading lies outside of the bill, or beyond what can have been charged until then, or the register falls from one reading to the
 * next. Of a long transaction only the earliest and latest readings are kept: a fall between these is not seen.
 */
export function isImplausible(
  { highest, lowest, start, first, last }: RegisterReadings,
  { meterStartWh, limitWh }: { meterStartWh: number | null; limitWh: number | null },
): boolean {
  if (!highest || meterStartWh === null) return false;
  if (lowest && lowest[1] < meterStartWh) return true;
  if (limitWh !== null && highest[1] > limitWh) return true;
  const all = [...first, ...last].toSorted(byTime);
  if (all.some(([, wh], i) => wh < (all[i - 1]?.[1] ?? 0))) return true;
  return judged([start[0], meterStartWh], highest, PASSING_SLACK).reason === 'register_implausible';
}

/** Whether both ends of a source are marked. */
export function endsAreMarked({ start, end }: RegisterReadings): boolean {
  return start[2] > 0 && end[2] > 0;
}

function markedEnds(
  start: Reading,
  end: Reading,
  { start: [, , startMark], end: [, , endMark] }: RegisterReadings,
): Ends {
  // The same reading came with the start and again with the end, and is marked as neither.
  const unmarked = startMark === MARK.start.message && endMark <= MARK.end.message;
  if (unmarked && byTime(start, end) === 0) return { start, end, reason: 'one_reading' };
  return judged(start, end, MARKED_SLACK);
}

function judged(start: Reading, end: Reading, slack: number): Ends {
  const [at, wh] = start;
  if (end[1] < wh) return { start, end, reason: 'register_fell' };
  if (end[1] - wh > slack + RATE * Math.max(0, end[0] - at)) return { start, end, reason: 'register_implausible' };
  return { start, end };
}

/** Looks from a marked start for the latest reading that it leads to. */
function forward(start: Reading, points: readonly Reading[]): Ends {
  const later = points.filter((point) => byTime(start, point) < 0);
  if (later.length === 0) return { start, end: undefined };
  const [chain, ...others] = longestChains([start, ...later]).filter(([first]) => first === start);
  const end = chain?.at(-1);
  if (!end || end === start) return { start, end: undefined, reason: contradiction(start, later) };
  if (others.some((other) => other.at(-1) !== end)) return { start, end: undefined, reason: 'register_fell' };
  const after = later.filter((point) => byTime(end, point) < 0);
  if (agree(after)) return { start, end: undefined, reason: contradiction(end, after) };
  return { start, end };
}

/** Looks from a marked end back for the earliest reading that leads to it: the same search in reverse. */
function backward(end: Reading, points: readonly Reading[]): Ends {
  const { start, end: found, reason } = forward(mirrored(end), points.map(mirrored).toReversed());
  return { start: found && mirrored(found), end: start && mirrored(start), reason };
}

function unanchored(points: readonly Reading[]): Ends {
  const [chain = [], ...others] = longestChains(points);
  const [start, end] = [chain[0], chain.at(-1)];
  if (points.length === 1) return { start, end: undefined, reason: 'one_reading' };
  if (chain.length < 2 || others.some((other) => other[0] !== start || other.at(-1) !== end))
    return { start: undefined, end: undefined, reason: 'register_fell' };
  return { start, end };
}

/** Whether two readings in a row agree with each other, so that they are no single mistake. */
function agree(points: readonly Reading[]): boolean {
  return (longestChains(points)[0]?.length ?? 0) > 1;
}

function contradiction([, wh]: Reading, points: readonly Reading[]): EnergyReason {
  return points.some((point) => point[1] < wh) ? 'register_fell' : 'register_implausible';
}

/** The longest runs of readings of which each can follow the one before: all runs of that length that differ in their ends. */
function longestChains(points: readonly Reading[]): Reading[][] {
  const found: Reading[][] = [];
  // For each point the longest chains that end there, one for each first reading.
  const endingAt: Map<Reading, Reading[]>[] = [];
  points.forEach((point, i) => {
    const chains = new Map<Reading, Reading[]>([[point, [point]]]);
    for (let j = 0; j < i; j += 1) {
      if (!follows(points[j] as Reading, point)) continue;
      for (const [first, chain] of endingAt[j] as Map<Reading, Reading[]>)
        if ((chains.get(first)?.length ?? 0) <= chain.length) chains.set(first, [...chain, point]);
    }
    endingAt.push(chains);
    found.push(...chains.values());
  });
  const longest = Math.max(0, ...found.map(({ length }) => length));
  return found.filter(({ length }) => length === longest);
}

function follows(before: Reading, after: Reading): boolean {
  return contradictionBetween(before, after) === undefined;
}

/** Why a reading cannot follow another one of its register; undefined when it can. */
export function contradictionBetween(before: Reading, after: Reading): EnergyReason | undefined {
  return judged(before, after, PASSING_SLACK).reason;
}

function mirrored([at, wh]: Reading): Reading {
  return [-at, -wh];
}

function plain([at, wh]: Reading | readonly [number, number, number]): Reading {
  return [at, wh];
}
