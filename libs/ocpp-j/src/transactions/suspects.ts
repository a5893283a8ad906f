import type { SuspectReason, TransactionState } from './state.ts';

/** A charge point has booted: what ran before may have ended with the power, and its stop may be on its way. */
export function suspectAfterBoot(transactions: readonly TransactionState[], now: number): readonly TransactionState[] {
  return transactions.map((each) => (each.suspect === null ? suspected(each, 'boot', now) : each));
}

/** A connector or EVSE is said to be free although a transaction runs there. */
export function suspectWhereAvailable(
  transactions: readonly TransactionState[],
  evseId: number,
  now: number,
): readonly TransactionState[] {
  return transactions.map((each) =>
    each.evseId === evseId && evseId > 0 && each.suspect?.reason !== 'available'
      ? suspected(each, 'available', now)
      : each,
  );
}

function suspected(transaction: TransactionState, reason: SuspectReason, now: number): TransactionState {
  if (transaction.state !== 'active') return transaction;
  return { ...transaction, suspect: { since: transaction.suspect?.since ?? now, reason } };
}
