/* The energy of a transaction over time, as it is published: intervals, each beginning where the one before it ended. */

/** Milliseconds since 1970, and Wh since the start of the transaction. */
export type EnergyPoint = readonly [at: number, wh: number];

/** What an interval is, besides measured at both of its ends (docs/registers.md). */
export const INTERVAL_QUALITIES = {
  estimated: 'nothing was read between its two ends that says when the energy was drawn',
  corrected: 'it takes back or replaces what earlier intervals said',
  clock_jump:
    'more than a week lies between its readings: the clock is not believed, and all of its energy counts at its end',
} as const;

/** A key of {@link INTERVAL_QUALITIES}. */
export type IntervalQuality = keyof typeof INTERVAL_QUALITIES;

/**
 * A step of the published energy. An interval that ends before it begins goes back to a point from which the following
 * ones replace what was published. The differences of all intervals always add up to the bill so far.
 */
export interface EnergyInterval {
  /** From 1, in the order of publication. */
  number: number;
  from: EnergyPoint;
  to: EnergyPoint;
  quality: readonly IntervalQuality[];
}

/** What was published of the energy of a transaction. JSON; small, however long the transaction is. */
export interface EnergyCurve {
  /** Number of the latest interval. */
  number: number;
  /** Where the published curve begins, and where it ends. */
  startAt: number;
  until: number;
  /** The energy that it ends with: that of the bill. */
  wh: number;
  /** The register at 0 Wh, and the register that is billed; while they stay, so do the points. */
  base: number | null;
  source: string | null;
  /** The latest points of the bill, at most {@link POINTS}, rising in time and energy. */
  points: readonly EnergyPoint[];
  /** False once the energy has become unknown: then all is taken back, and the points are not on the published curve. */
  known: boolean;
}

/** The energy of a transaction as it now is. */
export interface EnergyState {
  startAt: number;
  /** When {@link wh} was reached. */
  at: number;
  /** Null: unknown. */
  wh: number | null;
  base: number | null;
  source: string | null;
  /** Points on the way to it that the message holds. They may contradict each other. */
  way: readonly EnergyPoint[];
}

/** What is kept to return to, when a reading that was accepted is taken back. */
const POINTS = 8;
/** What one message may add: two days of minutes are thinned out to it. */
const STEPS = 600;
const WEEK_MS = 7 * 86_400_000;

interface Step {
  from: EnergyPoint;
  to: EnergyPoint;
  quality: IntervalQuality[];
}

export interface Published {
  curve: EnergyCurve | null;
  intervals: readonly EnergyInterval[];
}

/** The intervals that lead from what was published to the energy as it now is. */
export function publishEnergy(before: EnergyCurve | null, now: EnergyState): Published {
  const { wh } = now;
  if (wh === null) return before?.known ? takenBack(before, now) : { curve: before, intervals: [] };
  const next = { ...now, wh };
  if (before === null) return onwards(blank(now), next);
  if (isSettled(before, next)) return { curve: { ...before, base: next.base, source: next.source }, intervals: [] };
  return continues(before, next) ? onwards(before, next) : replaced(before, next);
}

/** The curve of a transaction that an older build published: from its start to its end at once, with the number 0. */
export function unnumberedCurve({ startAt, at, wh, base, source }: Omit<EnergyState, 'way'>): EnergyCurve | null {
  if (wh === null) return null;
  return { number: 0, startAt, until: at, wh, base, source, points: [[at, wh]], known: true };
}

type Known = EnergyState & { wh: number };

function blank({ startAt, base, source }: EnergyState): EnergyCurve {
  return { number: 0, startAt, until: startAt, wh: 0, base, source, points: [], known: true };
}

function isSettled(before: EnergyCurve, now: Known): boolean {
  const [at, wh] = before.points.at(-1) ?? [before.startAt, 0];
  return before.known && before.startAt === now.startAt && at === now.at && wh === now.wh;
}

function continues(before: EnergyCurve, now: Known): boolean {
  const isLater = now.at >= before.until && now.wh >= before.wh;
  return before.known && before.startAt === now.startAt && isLater && movedBy(before, now) === 0;
}

/** By how much energy counts from a lower register than before, Wh; 0 where one of both is no register. */
function movedBy(before: EnergyCurve, now: Known): number {
  return before.base === null || now.base === null ? 0 : before.base - now.base;
}

/** All three phases add up to the total. */
function registerOf(source: string | null): string | undefined {
  return source?.replace(/ L1\+L2\+L3$/, '');
}

function onwards(before: EnergyCurve, now: Known): Published {
  return published(before, now, before.points, way([before.until, before.wh], now, before.until));
}

/** Goes back to the latest point that still holds, and from there to the energy as it now is. */
function replaced(before: EnergyCurve, now: Known): Published {
  const { startAt, base, source } = before;
  const isSameRegister = registerOf(source) === registerOf(now.source) && (base === null) === (now.base === null);
  const moved = movedBy(before, now);
  const points = before.points.map(([at, wh]) => [at, wh + moved] as const);
  const holds = ([at, wh]: EnergyPoint): boolean => at <= now.at && wh >= 0 && wh <= now.wh;
  const kept = startAt === now.startAt && isSameRegister ? points.filter(holds) : [];
  // The points of a curve that was taken back, or began at another register, are drawn again.
  const [drawn, again] = before.known && moved === 0 ? [kept, []] : [[], kept];
  const anchor = drawn.at(-1) ?? ([Math.min(startAt, now.startAt), 0] as const);
  const late = flat(anchor, anchor[0] < now.startAt ? [now.startAt, 0] : anchor);
  const steps = way(late[0]?.to ?? anchor, { ...now, way: [...again, ...now.way] }, before.until);
  const tail = flat([now.at, now.wh], [before.until, now.wh]);
  return published(before, now, drawn, marked([...back(before, anchor), ...late, ...steps]), marked(tail));
}

/** Takes all back: nothing is known of the energy any more. */
function takenBack(before: EnergyCurve, { startAt }: EnergyState): Published {
  const anchor: EnergyPoint = [Math.min(before.startAt, startAt), 0];
  const steps = orPoint([...back(before, anchor), ...flat(anchor, [before.until, 0])], anchor);
  const intervals = numbered(before, marked(steps));
  return {
    curve: { ...before, number: before.number + intervals.length, startAt: anchor[0], wh: 0, known: false },
    intervals,
  };
}

/** @param drawn points of the published curve that still hold @param tail what follows the energy as it now is */
function published(
  before: EnergyCurve,
  { startAt, at, wh, base, source }: Known,
  drawn: readonly EnergyPoint[],
  steps: readonly Step[],
  tail: readonly Step[] = [],
): Published {
  const intervals = numbered(before, orPoint([...steps, ...tail], [at, wh]));
  const points = [...drawn, ...steps.filter(({ from, to }) => to[0] >= from[0]).map(({ to }) => to)];
  const curve: EnergyCurve = {
    number: before.number + intervals.length,
    startAt,
    until: Math.max(before.until, at),
    wh,
    base,
    source,
    // Of one moment the last: a curve that is drawn anew from there replaces all that came with the moment.
    points: points.filter(([moment], i) => points[i + 1]?.[0] !== moment).slice(-POINTS),
    known: true,
  };
  return { curve, intervals };
}

/** Whether the energy is known can change although nothing was drawn: an interval without a length says so. */
function orPoint(steps: readonly Step[], point: EnergyPoint): readonly Step[] {
  return steps.length > 0 ? steps : [{ from: point, to: point, quality: [] }];
}

function numbered({ number }: EnergyCurve, steps: readonly Step[]): EnergyInterval[] {
  return steps.map((step, index) => ({ number: number + index + 1, ...step }));
}

function marked(steps: readonly Step[]): Step[] {
  return steps.map((step) => ({ ...step, quality: [...step.quality, 'corrected'] }));
}

function back({ until, wh }: EnergyCurve, to: EnergyPoint): Step[] {
  return until === to[0] && wh === to[1] ? [] : [{ from: [until, wh], to, quality: [] }];
}

/** A step in which nothing was drawn; none where there is no time for it. */
function flat(from: EnergyPoint, to: EnergyPoint | undefined): Step[] {
  return to === undefined || to[0] <= from[0] ? [] : [{ from, to, quality: [] }];
}

/** The steps from a published point to the energy as it now is, by what was read between. */
function way(from: EnergyPoint, now: Known, until: number): Step[] {
  const target: EnergyPoint = [now.at, now.wh];
  const between = thinned(rising(from, now.way, target));
  const straight = between.every(([, wh]) => wh === 0) && from[0] === now.startAt && from[1] === 0;
  const points = [from, ...between, target];
  return points.slice(1).flatMap((to, index): Step[] => {
    const before = points[index] as EnergyPoint;
    return before[0] === to[0] && before[1] === to[1] ? [] : stepsTo(before, to, until, straight);
  });
}

/** A week between two readings is a wrong clock: the energy counts at the later one. What was published there is replaced. */
function stepsTo(from: EnergyPoint, to: EnergyPoint, until: number, straight: boolean): Step[] {
  const quality: IntervalQuality[] = straight ? ['estimated'] : [];
  if (to[0] - from[0] <= WEEK_MS || to[1] === from[1]) return [{ from, to, quality }];
  const covered: EnergyPoint = [Math.min(Math.max(from[0], until), to[0]), from[1]];
  return [...flat(from, covered), { from: covered, to, quality: [...quality, 'clock_jump'] }];
}

/**
 * The points between two others that rise from one to the next. One that contradicts both of its neighbours is left out;
 * of two that contradict each other, the later one. Linear in the number of points.
 */
function rising(from: EnergyPoint, points: readonly EnergyPoint[], to: EnergyPoint): EnergyPoint[] {
  const inside = points
    .filter(([at, wh]) => at > from[0] && at < to[0] && wh >= from[1] && wh <= to[1])
    .toSorted((one, other) => one[0] - other[0] || one[1] - other[1]);
  let [, last] = from;
  return inside.filter(([, wh], i) => {
    const next = inside[i + 1]?.[1] ?? to[1];
    const stray = wh < last || (wh > next && next >= last);
    if (!stray) last = wh;
    return !stray;
  });
}

/** Keeps at most {@link STEPS}, spread evenly. */
function thinned(points: readonly EnergyPoint[]): readonly EnergyPoint[] {
  const every = Math.ceil(points.length / STEPS);
  return every <= 1 ? points : points.filter((_, i) => i % every === 0);
}
