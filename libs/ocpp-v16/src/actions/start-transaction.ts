import { type ActionHandler, type StartKey, answered, clockIsAbsurd, readChargerTime, rulesMet } from '@ocpp-gw/ocpp-j';
import type { StartTransactionRequest, StartTransactionResponse } from '#generated/messages.d.ts';
import { type IdTagStatus, idTagInfo, idTokenOf, isIdTagStatus } from './authorization.ts';
import { evseOf } from './evse.ts';
import { registerWh } from './register.ts';

/**
 * StartTransaction, charge point to central system (OCPP 1.6 section 4.8).
 * Charging has begun, whatever we think of the tag: the answer always carries a transactionId.
 */
export const startTransaction: ActionHandler<
  StartTransactionRequest,
  StartTransactionResponse,
  'idToken' | 'transactionStart' | 'concurrentTransaction'
> = {
  lookups(request) {
    const idToken = idTokenOf(request.idTag);
    const start = startKey(request);
    return {
      // The tag may stem from a cache or from offline authorization: "the Central System MUST verify" it again.
      idToken,
      transactionStart: start,
      concurrentTransaction: idToken && { idToken, start },
    };
  },
  decide(request, facts) {
    const { transactionId, knownStatus } = answered(facts.transactionStart, 'transactionStart');
    const info = idTagInfo(request.idTag, facts.idToken);
    const status = statusOf(info.status, knownStatus, facts.concurrentTransaction);
    return {
      reply: { transactionId, idTagInfo: { ...info, status } },
      before: [
        {
          kind: 'transactionStarted',
          ...evseOf(request.connectorId),
          transactionId: String(transactionId),
          idToken: { idToken: request.idTag },
          idTokenStatus: status,
          ...(facts.idToken?.group && { groupToken: facts.idToken.group.idToken }),
          // Some firmware sends 0 for "no reservation".
          reservationId: request.reservationId === 0 ? undefined : request.reservationId,
          samples: [],
          meterStartWh: registerWh(request.meterStart),
          naturalKey: startKey(request),
          time: readChargerTime(request.timestamp, facts.now),
        },
      ],
      noted: rulesMet({
        'clock-absurd': clockIsAbsurd(request.timestamp, facts.now),
        'start-repeated': knownStatus !== undefined,
        'reservation-id-zero': request.reservationId === 0,
      }),
    };
  },
};

function statusOf(status: IdTagStatus, knownStatus: string | undefined, concurrent: boolean | null): IdTagStatus {
  // A retry gets the status of the first try: ConcurrentTx because of its own first try would stop a running charge.
  if (knownStatus !== undefined) return isIdTagStatus(knownStatus) ? knownStatus : status;
  return status === 'Accepted' && answered(concurrent, 'concurrentTransaction') ? 'ConcurrentTx' : status;
}

/** The content that a retry repeats, perhaps under another message id and on another connection (errata v4.0 section 3.18). */
function startKey({ connectorId, idTag, timestamp, meterStart }: StartTransactionRequest): StartKey {
  return { connectorId, idTag, timestamp, meterStart };
}
