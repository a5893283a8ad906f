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

/** It is about to be sent: the next transaction that fits belongs to it. */
export function addRemoteStart(
  remoteStarts: readonly PendingRemoteStart[],
  sent: PendingRemoteStart,
): readonly PendingRemoteStart[] {
  const others = remoteStarts.filter(({ sentAt }) => sent.sentAt - sentAt <= IN_TIME_MS);
  return [...others, sent].slice(-MAX_PENDING);
}

/** Nothing follows from it, not even what has begun in the meantime. */
export function dropRemoteStart(
  transactions: readonly TransactionState[],
  remoteStarts: readonly PendingRemoteStart[],
  remoteStartId: number,
): Linked {
  return {
    transactions: transactions.map((each) =>
      !each.stationNamed && each.remoteStartId === remoteStartId ? { ...each, remoteStartId: null } : each,
    ),
    remoteStarts: remoteStarts.filter((each) => each.remoteStartId !== remoteStartId),
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
