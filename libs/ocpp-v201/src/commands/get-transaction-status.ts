import type { CommandAnswers } from '@ocpp-gw/contracts';
import { stationTransactionId } from '@ocpp-gw/ocpp-j';
import type { GetTransactionStatusResponse } from '#generated/messages.d.ts';
import { outbound } from './outbound.ts';

/** GetTransactionStatus (OCPP 2.0.1 E14). */
export const getTransactionStatus = outbound('GetTransactionStatus', 'GetTransactionStatus', {
  toCall: ({ transactionId }, checked) =>
    checked({
      transactionId: transactionId === undefined ? undefined : stationTransactionId(transactionId),
    }),
  mirror: {
    answered({ transactionId }, { ongoingIndicator, messagesInQueue }) {
      if (transactionId === undefined || ongoingIndicator === undefined) return [];
      return [{ kind: 'transactionStatusReported', transactionId, ongoing: ongoingIndicator, messagesInQueue }];
    },
  },
  readAnswer: readTransactionStatus,
});

export function readTransactionStatus(answer: GetTransactionStatusResponse): CommandAnswers['GetTransactionStatus'] {
  return { ongoing: answer.ongoingIndicator, messagesInQueue: answer.messagesInQueue };
}
