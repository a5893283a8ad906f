import { billOf, type Bill } from '../registers/index.ts';
import type { TransactionState } from './state.ts';

/** The bill of a transaction; while it runs, the bill so far. */
export function bill({ registers, state, seen, unassigned, assignedTo }: TransactionState): Bill {
  const incomplete = seen.length > 1 || (seen[0]?.[0] ?? 0) > 0;
  const { reason, ...known } = billOf(registers, { ended: state === 'ended', incomplete });
  // A stop without a transaction is no session: its register is kept, but nobody is billed for it.
  if (unassigned !== null || assignedTo !== null) return { ...known, energyWh: null, reason: 'no_start_register' };
  return { ...known, reason };
}

/**
 * The end as it is published; null while the transaction runs. Where the clock was set back meanwhile, the duration follows
 * from receive times.
 */
export function endedAt({ start, startReceivedAt, end }: TransactionState): number | null {
  if (end === null || end.at >= start.at) return end?.at ?? null;
  return start.at + Math.max(0, end.receivedAt - startReceivedAt);
}

/** Gives the transaction its next revision if anything that is published of it has changed. */
export function revised(before: TransactionState | undefined, after: TransactionState): TransactionState {
  if (before && facts(before) === facts(after)) return { ...after, revision: before.revision };
  return { ...after, revision: (before?.revision ?? 0) + 1 };
}

/** What is published of a session, without the progress of a running one. */
function facts(transaction: TransactionState): string {
  const ended = transaction.state === 'ended';
  const { meterStartWh, meterStopWh, energyWh, reason } = bill(transaction);
  return JSON.stringify([
    transaction.state,
    transaction.startSeen,
    transaction.evseId,
    transaction.connectorId,
    transaction.idToken,
    transaction.startSeen ? transaction.start.at : null,
    transaction.remoteStartId,
    transaction.reservationId,
    transaction.unassigned,
    transaction.assignedTo,
    meterStartWh,
    ended && [
      meterStopWh,
      energyWh,
      reason,
      endedAt(transaction),
      transaction.end?.reason,
      transaction.end?.inferred,
      transaction.totalCost,
      transaction.cost,
    ],
  ]);
}
