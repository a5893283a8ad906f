import { curveOf, energyAt, type Curve, type TrueMessage, type Truth } from '@ocpp-gw/charger-sim';
import { CURVE_FLAGS, SLACK_MS, nameOf, timeFlags, type Pair } from './sessions.ts';
import { LOCAL_OFFSET_MS, type BucketRow, type IntervalRow, type Views } from './views.ts';
import { verdictOf, type Verdict } from './verdict.ts';

const QUARTER_MS = 900_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Registers are whole Wh at both ends of what is added up. */
const ROUNDING_WH = 2;

interface Part {
  cpId: string;
  at: number;
  wh: number;
  /** What a reader of less exact clocks may take for it, less and more, Wh. */
  slackWh: number;
  session: string;
}

/** Energy by quarter, hour, day and local day, beside what the meters counted by then. */
export function energyVerdicts(pairs: readonly Pair[], truth: readonly Truth[], views: Views): Verdict[] {
  const messages = Map.groupBy(
    truth.filter((entry): entry is TrueMessage => entry.kind === 'message'),
    ({ cpId, session }) => `${cpId} ${session}`,
  );
  const rows = Map.groupBy(views.intervals, nameOf);
  const parts: Part[] = [];
  const verdicts = pairs.flatMap((pair) => {
    const { session, row } = pair;
    if (!row || row.energy_wh === null) return [];
    const about = { cpId: session.cpId, session: session.session };
    const quarters = rows.get(nameOf(row)) ?? [];
    rows.delete(nameOf(row));
    const sum = quarters.reduce((all, { energy_wh }) => all + energy_wh, 0);
    const total = verdictOf(
      { ...about, source: 'interval_energy: sum' },
      Math.abs(sum - row.energy_wh) < 0.01 ? null : `${row.transaction_id}: ${sum} Wh of ${row.energy_wh}`,
    );
    const curve = curveOf(session, messages.get(`${session.cpId} ${session.session}`) ?? []);
    const isWhole = row.energy_wh === session.energyWh;
    const differs = isWhole ? shapeDiffers(curve, quarters) : null;
    const shape = verdictOf({ ...about, source: 'interval_energy: by time' }, differs, timeFlags(pair, CURVE_FLAGS));
    parts.push(...(isWhole && differs === null ? trueParts(session.cpId, nameOf(row), curve) : keptParts(quarters)));
    return isWhole ? [total, shape] : [total];
  });
  // What belongs to no session that ended: the hours have it all the same.
  for (const left of rows.values()) parts.push(...keptParts(left));
  return [
    ...verdicts,
    ...bucketVerdicts('energy_per_charger_hour', parts, views.hours, HOUR_MS),
    ...bucketVerdicts('energy_per_charger_day', parts, views.days, DAY_MS),
    ...bucketVerdicts('energy_per_local_day', parts, views.localDays, DAY_MS, LOCAL_OFFSET_MS),
  ];
}

/** Where the energy until the end of a quarter is not what had flowed by then, give or take a moment. */
function shapeDiffers(curve: Curve, quarters: readonly IntervalRow[]): string | null {
  let sum = 0;
  for (const { at, energy_wh, transaction_id } of quarters) {
    const before = energyAt(curve, at - SLACK_MS) - ROUNDING_WH;
    if (sum > energyAt(curve, at + SLACK_MS) + ROUNDING_WH || sum < before)
      return `${transaction_id}: ${sum.toFixed(1)} Wh by ${new Date(at).toISOString()}, ${energyAt(curve, at).toFixed(1)} flowed`;
    sum += energy_wh;
    const end = at + QUARTER_MS;
    if (sum > energyAt(curve, end + SLACK_MS) + ROUNDING_WH || sum < energyAt(curve, end - SLACK_MS) - ROUNDING_WH)
      return `${transaction_id}: ${sum.toFixed(1)} Wh by ${new Date(end).toISOString()}, ${energyAt(curve, end).toFixed(1)} flowed`;
  }
  return null;
}

function trueParts(cpId: string, session: string, curve: Curve): Part[] {
  const begin = Math.floor((curve[0]?.at ?? 0) / QUARTER_MS) * QUARTER_MS;
  const end = curve.at(-1)?.at ?? 0;
  return Array.from({ length: Math.ceil((end - begin) / QUARTER_MS) }, (_, index) => {
    const at = begin + index * QUARTER_MS;
    const near = (moment: number): number => energyAt(curve, moment + SLACK_MS) - energyAt(curve, moment - SLACK_MS);
    const wh = energyAt(curve, at + QUARTER_MS) - energyAt(curve, at);
    return { cpId, at, wh, session, slackWh: near(at) + near(at + QUARTER_MS) };
  });
}

function keptParts(quarters: readonly IntervalRow[]): Part[] {
  return quarters.map((row) => ({ cpId: row.cp_id, at: row.at, wh: row.energy_wh, slackWh: 0, session: nameOf(row) }));
}

/** The buckets of a charger, from the quarters of what really flowed; of a session that is flagged, from its own quarters. */
export function bucketVerdicts(
  source: string,
  parts: readonly Part[],
  rows: readonly BucketRow[],
  lengthMs: number,
  offsetMs = 0,
): Verdict[] {
  const bucketOf = ({ cpId, at }: Part): string => `${cpId} ${Math.floor((at + offsetMs) / lengthMs) * lengthMs}`;
  const expected = Map.groupBy(parts, bucketOf);
  const found = new Map(rows.map((row) => [`${row.cp_id} ${row.at}`, row]));
  return [...new Set([...expected.keys(), ...found.keys()])].map((bucket) => {
    const [cpId = '', at] = bucket.split(' ');
    const all = expected.get(bucket) ?? [];
    const wh = all.reduce((sum, part) => sum + part.wh, 0);
    const sessions = new Set(all.map(({ session }) => session)).size;
    const slackWh = all.reduce((sum, part) => sum + part.slackWh, 0) + ROUNDING_WH * sessions;
    const has = found.get(bucket)?.energy_wh ?? 0;
    const differs = Math.abs(has - wh) > slackWh + 0.01;
    const what = `${cpId} at ${new Date(Number(at)).toISOString()}: ${has.toFixed(1)} Wh, ${wh.toFixed(1)} flowed`;
    return verdictOf({ source, cpId }, differs ? what : null);
  });
}
