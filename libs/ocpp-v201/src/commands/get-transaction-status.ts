import type { CommandAnswers, GetTransactionStatus } from '@ocpp-gw/contracts';
import { stationTransactionId, type Translation } from '@ocpp-gw/ocpp-j';
import type { GetTransactionStatusResponse } from '#generated/messages.d.ts';
import { checked } from './checked.ts';
import type { MirrorOf } from './mirror.ts';

/** GetTransactionStatus (OCPP 2.0.1 E14). */
export function getTransactionStatus({ transactionId }: GetTransactionStatus): Translation {
  return checked('GetTransactionStatus', {
    transactionId: transactionId === undefined ? undefined : stationTransactionId(transactionId),
  });
}

export const getTransactionStatusMirror = {
  answered({ transactionId }, { ongoingIndicator, messagesInQueue }) {
    if (transactionId === undefined || ongoingIndicator === undefined) return [];
    return [{ kind: 'transactionStatusTold', transactionId, ongoing: ongoingIndicator, messagesInQueue }];
  },
} satisfies MirrorOf<'GetTransactionStatus'>;

export function readTransactionStatus(answer: GetTransactionStatusResponse): CommandAnswers['GetTransactionStatus'] {
  return { ongoing: answer.ongoingIndicator, messagesInQueue: answer.messagesInQueue };
}
