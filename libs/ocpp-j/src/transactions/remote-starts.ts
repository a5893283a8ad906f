import { sameToken } from './evidence.ts';
import type { Outcome } from './message.ts';
import { isStopRecord, type PendingRemoteStart, type TransactionState } from './state.ts';

/** A driver has this long to plug in after a remote start was sent. */
const IN_TIME_MS = 15 * 60_000;
/** More than a charge point has connectors, so that none is forgotten that may still lead to a start. */
const MAX_PENDING = 16;

interface Linked {
  transactions: readonly TransactionState[];
  remoteStarts: readonly PendingRemoteStart[];
}

/** Links a transaction that has just begun to the remote start that led to it, if one did (1.6). */
export function linkRemoteStart(
  transactions: readonly TransactionState[],
  remoteStarts: readonly PendingRemoteStart[],
  outcome: Outcome,
): Linked {
  if (outcome.is !== 'new' || remoteStarts.length === 0) return { transactions, remoteStarts };
  const begun = transactions.find(({ transactionId }) => transactionId === outcome.transactionId);
  const cause = begun && remoteStarts.find((remoteStart) => ledTo(remoteStart, begun));
  if (!cause) return { transactions, remoteStarts };
  return {
    transactions: transactions.map((each) => (each === begun ? { ...each, remoteStartId: cause.remoteStartId } : each)),
    remoteStarts: remoteStarts.filter((remoteStart) => remoteStart !== cause),
  };
}

/** The charger accepted it; the start may have come before the answer. */
export function addRemoteStart(
  transactions: readonly TransactionState[],
  remoteStarts: readonly PendingRemoteStart[],
  accepted: PendingRemoteStart,
): Linked {
  const begun = transactions.findLast((each) => ledTo(accepted, each));
  if (!begun) {
    const others = remoteStarts.filter(({ sentAt }) => accepted.sentAt - sentAt <= IN_TIME_MS);
    return { transactions, remoteStarts: [...others, accepted].slice(-MAX_PENDING) };
  }
  return {
    transactions: transactions.map((each) =>
      each === begun ? { ...each, remoteStartId: accepted.remoteStartId } : each,
    ),
    remoteStarts,
  };
}

function ledTo({ idToken, connectorId, sentAt }: PendingRemoteStart, begun: TransactionState): boolean {
  return (
    !begun.stationNamed &&
    begun.startSeen &&
    begun.remoteStartId === null &&
    !isStopRecord(begun) &&
    begun.idToken !== null &&
    sameToken(begun.idToken.idToken, idToken) &&
    (connectorId === 0 || connectorId === begun.connectorId) &&
    begun.startReceivedAt >= sentAt &&
    begun.startReceivedAt - sentAt <= IN_TIME_MS
  );
}
