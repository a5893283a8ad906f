import type { TransactionEndedEffect } from '@ocpp-gw/ocpp-j';
import type { TransactionRecord } from '@ocpp-gw/persistence';

/** The reason of an end whose Ended the station has lost; no reason of the protocol's. */
export const END_LOST = 'EndLost';

/** The Ended that never came, as far as the row knows it: the transaction ended when it was last heard of. */
export function lostEnd(transaction: TransactionRecord): TransactionEndedEffect {
  const { transactionId, evseId, connectorId, startedAt, endedAt } = transaction;
  return {
    kind: 'transactionEnded',
    transactionId,
    evseId,
    connectorId,
    reason: END_LOST,
    samples: [],
    time: { at: endedAt ?? startedAt },
  };
}
