import { isImplausible } from '../registers/index.ts';
import { bill } from './bill.ts';
import { isStopRecord, type TransactionState } from './state.ts';

/** What may be wrong with a session, and what each flag means (docs/registers.md). A later revision may take a flag back. */
export const SESSION_QUALITIES = {
  register_reset: 'the register fell, so the energy is unknown: a meter that was reset or exchanged does so',
  reading_implausible: 'a reading that lies beyond the bill, or beyond what time and power allow, was passed over',
  clock_skew: 'every message came long after its own time, or before it: the clock is wrong, or all were sent late',
  estimated_by_interval: 'no reading between start and end was billed: when the energy was drawn is a straight line',
  start_assumed: 'the start was not received, or its time could not be used',
  end_inferred: 'the charge point reported no end; the gateway or an operator concluded it',
  corrected: 'it was changed after it had ended',
  unit_assumed: 'a register that may be billed named no unit, so Wh was assumed',
  messages_missing: 'messages are missing by their sequence numbers (2.0.1)',
} as const;

/** A key of {@link SESSION_QUALITIES}. */
export type SessionQuality = keyof typeof SESSION_QUALITIES;

/** A clock this far ahead is wrong. */
const AHEAD_MS = 60_000;
/** A message may wait this long before it is sent; milliseconds. */
const BEHIND_MS = 5 * 60_000;

const FLAGS: Record<SessionQuality, (transaction: TransactionState) => boolean> = {
  register_reset: (transaction) => bill(transaction).reason === 'register_fell',
  reading_implausible: (transaction) => {
    const { source, meterStartWh, meterStopWh, reason } = bill(transaction);
    // After a fall nothing says which readings were right.
    if (reason === 'register_fell') return false;
    const readings = source === null ? undefined : transaction.registers.registers[source];
    const limitWh = transaction.state === 'ended' ? meterStopWh : null;
    return readings !== undefined && isImplausible(readings, { meterStartWh, limitWh });
  },
  clock_skew: (transaction) => clockSkewSeconds(transaction) !== null,
  estimated_by_interval: ({ curve, state }) =>
    state === 'ended' && curve?.known === true && curve.wh > 0 && curve.points.length === 1,
  start_assumed: ({ startSeen, startAssumed }) => !startSeen || startAssumed,
  end_inferred: ({ end }) => end !== null && end.inferred !== null,
  corrected: ({ corrected }) => corrected,
  unit_assumed: ({ registers }) => registers.unitAssumed === true,
  messages_missing: ({ seen }) => seen.length > 1 || (seen[0]?.[0] ?? 0) > 0,
};

/** The flags of a session, in the order of {@link SESSION_QUALITIES}; an unassigned stop has none. */
export function qualityOf(transaction: TransactionState): SessionQuality[] {
  if (isStopRecord(transaction)) return [];
  return (Object.keys(FLAGS) as SessionQuality[]).filter((flag) => FLAGS[flag](transaction));
}

/**
 * By how much each message of it came later than its own time says, at least; negative where one came before it. Null where
 * that is no more than a clock and a queue may differ.
 */
export function clockSkewSeconds({ delayMs }: TransactionState): number | null {
  if (delayMs === null || (delayMs >= -AHEAD_MS && delayMs <= BEHIND_MS)) return null;
  return Math.round(delayMs / 1000);
}
