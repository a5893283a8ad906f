import { SESSION_QUALITIES, type SessionQuality } from '@ocpp-gw/contracts';
import { isImplausible } from '../registers/index.ts';
import { bill } from './bill.ts';
import { isStopRecord, type TransactionState } from './state.ts';

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
    state === 'ended' && curve?.known === true && curve.wh > 0 && curve.points.filter(([, wh]) => wh > 0).length === 1,
  start_assumed: ({ startSeen, startAssumed }) => !startSeen || startAssumed,
  end_inferred: ({ end }) => end !== null && end.inferred !== null,
  corrected: ({ corrected }) => corrected,
  unit_assumed: ({ registers }) => registers.unitAssumed === true,
  messages_missing: ({ seen }) => seen.length > 1 || (seen[0]?.[0] ?? 0) > 0,
};

/** The flags of a session, in the order of {@link SESSION_QUALITIES}; an unassigned stop has none. */
export function qualityOf(transaction: TransactionState): SessionQuality[] {
  if (isStopRecord(transaction)) return [];
  return (Object.keys(SESSION_QUALITIES) as SessionQuality[]).filter((flag) => FLAGS[flag](transaction));
}

/**
 * By how much each message of it came later than its own time says, at least; negative where one came before it. Null where
 * that is no more than a clock and a queue may differ.
 */
export function clockSkewSeconds({ delayMs }: TransactionState): number | null {
  if (delayMs === null || (delayMs >= -AHEAD_MS && delayMs <= BEHIND_MS)) return null;
  return Math.round(delayMs / 1000);
}
