import type { TrueSession } from '@ocpp-gw/charger-sim';
import type { Change, Recorder } from './recorder.ts';
import type { StateRow, Views } from './views.ts';
import { verdictOf, type Verdict } from './verdict.ts';

const OCCUPIED = new Set(['Preparing', 'Charging', 'SuspendedEV', 'SuspendedEVSE', 'Finishing', 'Occupied']);
/** Between what a charger does and what the gateway records of it, for each change. */
const CHANGE_MS = 60;
const WHOLE_MS = 1_000;

/** The states of every connector, its availability, its last status, and attempts, beside what each charger did and said. */
export function stateVerdicts(recorder: Recorder, sessions: readonly TrueSession[], views: Views): Verdict[] {
  const states = Map.groupBy(views.states, (row) => `${row.cp_id} ${row.evse_id}`);
  const last = new Map(views.lastStatus.map((row) => [`${row.cp_id} ${row.evse_id}`, row.status]));
  const days = new Map(views.availability.map((row) => [`${row.cp_id} ${row.evse_id}`, row]));
  const connectors = [...new Set(sessions.map(({ cpId, connector }) => `${cpId} ${connector}`))];
  return [
    ...connectors.flatMap((name) => {
      const [cpId = '', number] = name.split(' ');
      const changes = recorder.changes.get(cpId) ?? [];
      const said = changes.filter(
        (change) => change.kind === 'status' && change.connector === Number(number),
      ) as Said[];
      const rows = states.get(name) ?? [];
      const day = days.get(name);
      return [
        verdictOf({ source: 'last_status', cpId }, unequal(name, last.get(name), said.at(-1)?.status)),
        verdictOf({ source: 'connector_states_between: order', cpId }, orderDiffers(name, rows, said)),
        verdictOf(
          { source: 'connector_states_between: seconds', cpId },
          secondsDiffer(name, changes, Number(number), (state) =>
            rows
              .filter((row) => (row.state === 'charging' ? 'occupied' : row.state) === state)
              .reduce((sum, { from, to }) => sum + to - from, 0),
          ),
        ),
        verdictOf(
          { source: 'connector_availability_between', cpId },
          secondsDiffer(name, changes, Number(number), (state) => {
            if (state === 'occupied') return (day?.occupied_seconds ?? 0) * 1000;
            if (state === 'offline') return (day?.offline_seconds ?? 0) * 1000;
            return ((day?.available_seconds ?? 0) - (day?.occupied_seconds ?? 0)) * 1000;
          }),
        ),
      ];
    }),
    ...chargerVerdicts(sessions, views),
  ];
}

function unequal(name: string, has: string | undefined, expected: string | undefined): string | null {
  return has === expected ? null : `${name}: ${has}, was ${expected}`;
}

const runs = (words: readonly string[]): string[] => words.filter((word, index) => word !== words[index - 1]);

/** One after the other as the charger said them; what it says again is one, and what was not answered may be there or not. */
function orderDiffers(name: string, rows: readonly StateRow[], said: readonly Said[]): string | null {
  const has = runs(rows.map(({ status }) => status).filter((status) => status !== ''));
  const all = said.map(({ status }) => status);
  const sure = said.filter(({ acknowledged }) => acknowledged).map(({ status }) => status);
  if (isWithin(has, all) && isWithin(runs(sure), has)) return null;
  return `${name}: the view has ${has.join(' ')}; acknowledged were ${sure.join(' ')}`;
}

/** Whether the words come in this order in the text, whatever stands between them. */
function isWithin(words: readonly string[], text: readonly string[]): boolean {
  let from = 0;
  return words.every((word) => (from = text.indexOf(word, from) + 1) > 0);
}

type Said = Change & { kind: 'status' };
type State = 'available' | 'occupied' | 'offline';

/** Milliseconds in each state until the charger went for good. */
function trueTimes(changes: readonly Change[], connector: number): Record<State, number> {
  const times = { available: 0, occupied: 0, offline: 0 };
  let online = false;
  let own: State | undefined;
  for (const [index, change] of changes.entries()) {
    if (change.kind !== 'status') online = change.kind === 'online';
    else if (change.connector === connector && change.acknowledged)
      own = OCCUPIED.has(change.status) ? 'occupied' : 'available';
    const next = changes[index + 1];
    if (next && own) times[online ? own : 'offline'] += next.at - change.at;
  }
  return times;
}

function secondsDiffer(
  name: string,
  changes: readonly Change[],
  connector: number,
  kept: (state: State) => number,
): string | null {
  const times = trueTimes(changes, connector);
  // The gateway took each notification at some moment before its answer.
  const waits = changes.reduce((sum, change) => sum + (change.kind === 'status' ? change.tookMs : 0), 0);
  const slack = WHOLE_MS + CHANGE_MS * changes.length + waits;
  // Offline goes on after the charger has gone.
  const states = ['available', 'occupied'] as const;
  const off = states.filter((state) => Math.abs(kept(state) - times[state]) > slack);
  if (off.length === 0) return null;
  return `${name}: ${off.map((state) => `${state} ${kept(state) / 1000} s, was ${times[state] / 1000}`).join('; ')}`;
}

/** What there is a row a charger of. */
function chargerVerdicts(sessions: readonly TrueSession[], views: Views): Verdict[] {
  const known = new Map(views.chargePoints.map((row) => [row.cp_id, row]));
  const visits = new Map(views.visits.map((row) => [row.cp_id, row.attempts]));
  const attempts = new Map(views.attempts.map((row) => [row.cp_id, row.attempts]));
  const taken = Map.groupBy(views.states, ({ cp_id }) => cp_id);
  const chargers = new Map(sessions.map((session) => [session.cpId, session]));
  return [...chargers].flatMap(([cpId, { protocol, misbehaviours }]) => {
    const row = known.get(cpId);
    const model = misbehaviours.includes('missing-fields') && protocol === '1.6' ? row?.model : 'Simulator';
    const has = `${row?.protocol} ${row?.vendor} ${row?.model}`;
    const periods = [...Map.groupBy(taken.get(cpId) ?? [], ({ evse_id }) => evse_id).values()];
    const begins = periods.reduce((sum, rows) => sum + runsOfTaken(rows), 0);
    return [
      verdictOf({ source: 'charge_points', cpId }, unequal(cpId, has, `ocpp${protocol} OCPP Gateway ${model}`)),
      verdictOf(
        { source: 'charge_attempts_between', cpId },
        unequal(cpId, String(attempts.get(cpId) ?? 0), String(begins)),
      ),
      verdictOf({ source: 'visits_between', cpId }, unequal(cpId, String(visits.get(cpId) ?? 0), String(begins))),
    ];
  });
}

/** How often a connector was taken, by its states. */
function runsOfTaken(rows: readonly StateRow[]): number {
  const words = rows.map(({ state }) => (state === 'occupied' || state === 'charging' ? 'taken' : 'free'));
  return runs(words).filter((word) => word === 'taken').length;
}
