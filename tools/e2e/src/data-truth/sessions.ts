import type { KeptTransaction, TrueMessage, TrueSession, Truth } from '@ocpp-gw/charger-sim';
import type { PhaseRow, SessionRow, Views } from './views.ts';
import { verdictOf, type Verdict } from './verdict.ts';

/** A session that really was, beside the row that the view has of it. */
export interface Pair {
  session: TrueSession;
  row: SessionRow | undefined;
}

/** Chargers that write their times to the second, and the moment between two reads of a clock in fast time. */
export const SLACK_MS = 2_000;

/** Flags that explain energy that is not what flowed. */
const ENERGY_FLAGS = ['end_inferred', 'start_assumed', 'messages_missing'];
/** Flags that explain when it flowed. */
export const CURVE_FLAGS = [
  'start_assumed',
  'end_inferred',
  'estimated_by_interval',
  'messages_missing',
  'reading_implausible',
];

/** Those of `flags` that the session has; what a wrong clock says is explained by its skew, only where the charger has one. */
export function timeFlags({ session, row }: Pair, flags: readonly string[]): string[] {
  const hasWrongClock = session.misbehaviours.some((name) => name.startsWith('clock-'));
  return [...flags, ...(hasWrongClock ? ['clock_skew'] : [])].filter((flag) => row?.quality.includes(flag));
}

/** Energy, begin and end of each session, and how long it charged. */
export function sessionVerdicts(pairs: readonly Pair[], truth: readonly Truth[], views: Views): Verdict[] {
  const charging = chargingEvents(truth);
  const ended = new Map(views.endedSessions.map((row) => [nameOf(row), row]));
  const phases = Map.groupBy(views.phases, nameOf);
  return pairs.flatMap((pair) => {
    const { session, row } = pair;
    const about = { cpId: session.cpId, session: session.session };
    // The judge has found nothing that must be there.
    if (!row) return [verdictOf({ ...about, source: 'sessions: energy' }, 'is no session', unassigned(pair, views))];
    return [
      verdictOf({ ...about, source: 'sessions: energy' }, energyDiffers(pair), energyReasons(session, row, truth)),
      verdictOf({ ...about, source: 'sessions: begin' }, beginDiffers(pair), timeFlags(pair, ['start_assumed'])),
      ...(row.ended_ms === null
        ? []
        : [
            verdictOf({ ...about, source: 'sessions: end' }, endDiffers(pair), timeFlags(pair, ['end_inferred'])),
            verdictOf({ ...about, source: 'ended_sessions' }, endedDiffers(row, ended.get(nameOf(row)))),
          ]),
      ...phaseVerdicts(pair, phases.get(nameOf(row)) ?? [], charging.get(`${session.cpId} ${session.session}`)),
    ];
  });
}

/** Why no session has what the charger sent of it: its end waits unassigned, or nothing of it arrived. */
function unassigned({ session }: Pair, { sessions }: Views): string[] {
  const waiting = sessions.filter((row) => row.cp_id === session.cpId && row.unassigned_reason);
  return [...waiting.flatMap((row) => row.unassigned_reason ?? []), 'nothing acknowledged'];
}

function energyDiffers({ session, row }: Pair): string | null {
  if (row?.energy_wh === session.energyWh) return null;
  return `${row?.transaction_id}: has ${row?.energy_wh} Wh, ${session.energyWh} flowed`;
}

/** A session that goes on in the view because its end never came has its energy so far: the state says so. */
function energyReasons(session: TrueSession, row: SessionRow, truth: readonly Truth[]): string[] {
  if (row.state === 'active') return ['active'];
  if (row.energy_wh === null) return row.energy_reason ? [row.energy_reason] : [];
  const flags = ENERGY_FLAGS.filter((flag) => row.quality.includes(flag));
  return session.misbehaviours.includes('register-reset') ? [...flags, ...resetReasons(session, row, truth)] : flags;
}

/**
 * Of a meter that was reset and went beyond its begin again, what was read before is flagged. Where it had passed even that when it was read
 * next, the registers that were sent rise from first to last: nobody can see it.
 */
function resetReasons({ cpId, session }: TrueSession, row: SessionRow, truth: readonly Truth[]): string[] {
  if (row.quality.includes('reading_implausible')) return ['reading_implausible'];
  const sent = truth
    .filter(
      (entry): entry is TrueMessage => entry.kind === 'message' && entry.cpId === cpId && entry.session === session,
    )
    .toSorted((one, other) => Date.parse(one.readAt) - Date.parse(other.readAt));
  const falls = sent.some(({ registerWh }, index) => registerWh < (sent[index - 1]?.registerWh ?? 0));
  return falls ? [] : ['reset that no reading shows'];
}

function beginDiffers({ session, row }: Pair): string | null {
  return apart('begins', row?.started_ms ?? 0, Date.parse(session.beganAt));
}

function endDiffers({ session, row }: Pair): string | null {
  return apart('ends', row?.ended_ms ?? 0, Date.parse(session.endedAt));
}

function apart(what: string, at: number, trueAt: number): string | null {
  return Math.abs(at - trueAt) <= SLACK_MS ? null : `${what} ${((at - trueAt) / 1000).toFixed(1)} s off`;
}

const SAME = [
  'energy_wh',
  'energy_reason',
  'id_token',
  'meter_start_wh',
  'meter_stop_wh',
  'ended_ms',
  'end_inferred',
] as const;

function endedDiffers(row: SessionRow, ended: (KeptTransaction & { ended_ms: number }) | undefined): string | null {
  if (!ended) return `${row.transaction_id} is missing`;
  const fields = SAME.filter((field) => row[field] !== ended[field]);
  return fields.length === 0 ? null : `${row.transaction_id} differs in ${fields.join(', ')}`;
}

/** When 2.0.1 read the meter for the event that says that it charges; 1.6 says it with its status, at once. */
function chargingEvents(truth: readonly Truth[]): Map<string, string> {
  const events = truth.flatMap((entry): [string, string][] => {
    if (entry.kind !== 'message') return [];
    const { transactionInfo } = entry.payload as { transactionInfo?: { chargingState?: string } };
    return transactionInfo?.chargingState === 'Charging' ? [[`${entry.cpId} ${entry.session}`, entry.readAt]] : [];
  });
  return new Map(events.toReversed());
}

/** Its phases add up to its duration; what is said to have been charging is that. */
function phaseVerdicts(pair: Pair, phases: readonly PhaseRow[], chargingAt?: string): Verdict[] {
  const { session, row } = pair;
  if (!row || row.ended_ms === null) return [];
  const about = { cpId: session.cpId, session: session.session, source: 'session_phases' };
  const all = phases.reduce((sum, { seconds }) => sum + seconds, 0);
  const seconds = (row.ended_ms - row.started_ms) / 1000;
  if (Math.abs(all - Math.max(0, seconds)) > 0.01)
    return [verdictOf(about, `${row.transaction_id}: phases of ${all} s in ${seconds} s`)];
  const trueSeconds = (Date.parse(session.endedAt) - Date.parse(chargingAt ?? session.beganAt)) / 1000;
  const charging = phases.find(({ phase }) => phase === 'charging')?.seconds ?? 0;
  const isUnknown = phases.some(({ phase }) => phase === null);
  const differs = Math.abs(charging - trueSeconds) > 5 + trueSeconds / 100;
  return [
    verdictOf(about, differs ? `${row.transaction_id}: ${charging} s charging of ${trueSeconds}` : null, [
      ...(isUnknown ? ['unknown phase'] : []),
      ...timeFlags(pair, ['start_assumed', 'end_inferred']),
    ]),
  ];
}

export function nameOf({ cp_id, transaction_id }: { cp_id: string; transaction_id: string }): string {
  return `${cp_id} ${transaction_id}`;
}
