import type { Pair } from './sessions.ts';
import { verdictOf, type Verdict } from './verdict.ts';
import type { Views } from './views.ts';

interface Row {
  cp_id: string;
}

/** What is changed, of a charger that behaves, and the view whose comparison has to notice. */
type Change = readonly [source: string, change: (views: Views, cpId: string) => Partial<Views>];

/** The rows with the first one of the charger changed; without it where `change` gives nothing. */
function changed<R extends Row>(rows: readonly R[], cpId: string, change: (row: R) => R | undefined): R[] {
  const index = rows.findIndex((row) => row.cp_id === cpId);
  return rows.flatMap((row, at) => (at === index ? (change(row) ?? []) : row));
}

const CHANGES: readonly Change[] = [
  [
    'sessions: energy',
    ({ sessions }, id) => ({
      sessions: changed(sessions, id, (row) => ({ ...row, energy_wh: (row.energy_wh ?? 0) - 1 })),
    }),
  ],
  [
    'sessions: end',
    ({ sessions }, id) => ({
      sessions: changed(sessions, id, (row) => ({ ...row, ended_ms: (row.ended_ms ?? 0) + 60_000 })),
    }),
  ],
  ['ended_sessions', ({ endedSessions }, id) => ({ endedSessions: changed(endedSessions, id, () => undefined) })],
  ['interval_energy: sum', ({ intervals }, id) => ({ intervals: changed(intervals, id, () => undefined) })],
  [
    'interval_energy: by time',
    ({ intervals }, id) => ({ intervals: changed(intervals, id, (row) => ({ ...row, at: row.at - 3_600_000 })) }),
  ],
  [
    'energy_per_charger_hour',
    ({ hours }, id) => ({ hours: changed(hours, id, (row) => ({ ...row, energy_wh: row.energy_wh * 2 })) }),
  ],
  ['energy_per_charger_day', ({ days }, id) => ({ days: changed(days, id, () => undefined) })],
  ['energy_per_local_day', ({ localDays }, id) => ({ localDays: changed(localDays, id, () => undefined) })],
  ['session_phases', ({ phases }, id) => ({ phases: changed(phases, id, () => undefined) })],
  [
    'last_status',
    ({ lastStatus }, id) => ({
      lastStatus: lastStatus.map((row) => (row.cp_id === id ? { ...row, status: 'Faulted' } : row)),
    }),
  ],
  [
    'connector_states_between: order',
    ({ states }, id) => ({ states: states.filter(({ cp_id, state }) => cp_id !== id || state === 'available') }),
  ],
  [
    'connector_availability_between',
    ({ availability }, id) => ({
      availability: changed(availability, id, (row) => ({ ...row, available_seconds: row.available_seconds + 600 })),
    }),
  ],
  ['charge_points', ({ chargePoints }, id) => ({ chargePoints: changed(chargePoints, id, () => undefined) })],
  ['charge_attempts_between', ({ attempts }, id) => ({ attempts: changed(attempts, id, () => undefined) })],
  ['visits_between', ({ visits }, id) => ({ visits: changed(visits, id, () => undefined) })],
];

/** Shows for each view that a wrong number in it would have been noticed. */
export function proofVerdicts(
  views: Views,
  compare: (views: Views) => { pairs: readonly Pair[]; verdicts: readonly Verdict[] },
): Verdict[] {
  const { pairs, verdicts } = compare(views);
  const good = pairs.find(({ session, row }) => session.misbehaviours.length === 0 && row?.ended_ms);
  if (!good) return [];
  const wrongIn = (all: readonly Verdict[], wanted: string): number =>
    all.filter(({ source, outcome }) => source === wanted && outcome === 'wrong').length;
  return CHANGES.map(([source, change]) => {
    const after = compare({ ...views, ...change(views, good.session.cpId) });
    const isNoticed = wrongIn(after.verdicts, source) > wrongIn(verdicts, source);
    return verdictOf({ source: 'a wrong number is noticed' }, isNoticed ? null : `not in ${source}`);
  });
}
