import type { TrueMessage, TrueSession } from '../truth.ts';

interface Point {
  /** Milliseconds since 1970, in true time. */
  at: number;
  /** Energy since the session began, Wh. */
  wh: number;
}

/** The energy of a session over time: a point at its begin, its end and each reading of the meter in between, oldest first. */
export type Curve = readonly Point[];

const READINGS = ['meterValue', 'transactionData', 'values', 'meterStart', 'meterStop'] as const;

/** What the meter counted, whatever was sent about it: only when it was read matters, and that a reading was meant to be sent. */
export function curveOf(session: TrueSession, messages: readonly TrueMessage[]): Curve {
  const begin = { at: Date.parse(session.beganAt), wh: 0 };
  const end = { at: Date.parse(session.endedAt), wh: session.energyWh };
  const read = messages
    .filter(
      ({ cpId, session: number, payload }) =>
        cpId === session.cpId && number === session.session && hasReading(payload),
    )
    .map(({ readAt, totalWh }) => ({ at: Date.parse(readAt), wh: totalWh - session.totalBeginWh }))
    .filter(({ at }) => at > begin.at && at < end.at);
  return [begin, ...read.toSorted((one, other) => one.at - other.at), end];
}

/** Between two readings energy flows evenly: nobody can know more. */
export function energyAt(curve: Curve, at: number): number {
  const next = curve.findIndex((point) => point.at > at);
  if (next === 0) return 0;
  const before = curve.at(next === -1 ? -1 : next - 1);
  const after = next === -1 ? undefined : curve[next];
  if (!before) return 0;
  if (!after) return before.wh;
  return before.wh + ((after.wh - before.wh) * (at - before.at)) / (after.at - before.at);
}

function hasReading(payload: object): boolean {
  return READINGS.some((field) => ((payload as Record<string, unknown>)[field] ?? null) !== null);
}
