import type { ChargingProfile, ChargingSchedule } from '@ocpp-gw/contracts';

const CYCLE_SECONDS = { Daily: 86_400, Weekly: 604_800 };

/**
 * Whether a vehicle's schedule, counted from `timeBase`, at any moment asks for more than every schedule it was offered
 * (OCPP 2.0.1 K17). Watts and amperes are not compared.
 */
export function exceedsProfile(schedule: ChargingSchedule, timeBase: Date, profile: ChargingProfile): boolean {
  const offered = [profile.schedule, ...(profile.alternatives ?? [])];
  return offered.every((limits) => exceeds(schedule, timeBase, profile, limits));
}

function exceeds(
  schedule: ChargingSchedule,
  timeBase: Date,
  { kind, recurrencyKind = 'Daily' }: ChargingProfile,
  limits: ChargingSchedule,
): boolean {
  if (schedule.chargingRateUnit !== limits.chargingRateUnit) return false;
  const cycle = kind === 'Recurring' ? CYCLE_SECONDS[recurrencyKind] : Infinity;
  // Charging starts at the time base, and a schedule without a start of its own starts with it.
  const start = kind === 'Relative' || limits.startSchedule === undefined ? timeBase : new Date(limits.startSchedule);
  const offset = (timeBase.getTime() - start.getTime()) / 1000;
  const allowed = spansOf(limits, cycle);
  return spansOf(schedule, Infinity).some((wanted) => {
    const span = { from: wanted.from + offset, to: wanted.to + offset };
    return allowed.some((each) => wanted.limit > each.limit && meet(span, each, cycle));
  });
}

interface Span {
  /** Seconds from the start of the schedule. */
  from: number;
  to: number;
}

/** One span for each period; the last one lasts until the end of the schedule. */
function spansOf({ periods, duration = Infinity }: ChargingSchedule, cycle: number): (Span & { limit: number })[] {
  const end = Math.min(duration, cycle);
  const sorted = periods.toSorted((one, other) => one.startPeriod - other.startPeriod);
  return sorted
    .map(({ startPeriod, limit }, index) => ({
      from: startPeriod,
      to: Math.min(sorted[index + 1]?.startPeriod ?? end, end),
      limit,
    }))
    .filter(({ from, to }) => from < to);
}

/** Whether the span and the other one, which comes again every `cycle`, share a moment. */
function meet(span: Span, recurring: Span, cycle: number): boolean {
  if (cycle === Infinity) return overlap(span, recurring);
  const from = ((span.from % cycle) + cycle) % cycle;
  const within = { from, to: from + span.to - span.from };
  return overlap(within, recurring) || overlap(within, { from: recurring.from + cycle, to: recurring.to + cycle });
}

function overlap(one: Span, other: Span): boolean {
  return one.from < other.to && other.from < one.to;
}
