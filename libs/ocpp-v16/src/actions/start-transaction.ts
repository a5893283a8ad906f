import { type ActionHandler, type StartKey, answered, readChargerTime } from '@ocpp-gw/ocpp-j';
import type { StartTransactionRequest, StartTransactionResponse } from '#generated/messages.d.ts';
import { idTagInfo, isIdTagStatus } from './authorization.ts';
import { evseOf } from './evse.ts';

/**
 * StartTransaction, charge point to central system (OCPP 1.6 section 4.8).
 * Charging has begun, whatever we think of the tag: the answer always carries a transactionId.
 */
export const startTransaction: ActionHandler<
  StartTransactionRequest,
  StartTransactionResponse,
  'idToken' | 'transactionStart'
> = {
  lookups: (request) => ({
    // The tag may stem from a cache or from offline authorization: "the Central System MUST verify" it again.
    idToken: { idToken: request.idTag },
    transactionStart: startKey(request),
  }),
  decide(request, facts) {
    const { transactionId, knownStatus } = answered(facts.transactionStart, 'transactionStart');
    const info = idTagInfo(answered(facts.idToken, 'idToken'));
    // A retry is told what the first try was: ConcurrentTx with its own first try would stop a live charge.
    const status = knownStatus !== undefined && isIdTagStatus(knownStatus) ? knownStatus : info.status;
    return {
      reply: { transactionId, idTagInfo: { ...info, status } },
      before: [
        {
          kind: 'transactionStarted',
          ...evseOf(request.connectorId),
          transactionId: String(transactionId),
          idToken: { idToken: request.idTag },
          idTokenStatus: status,
          // Some firmware sends 0 for "no reservation".
          reservationId: request.reservationId === 0 ? undefined : request.reservationId,
          samples: [],
          meterStartWh: request.meterStart,
          naturalKey: startKey(request),
          time: readChargerTime(request.timestamp, facts.now),
        },
      ],
    };
  },
};

/** A retry may carry another message id and come on another connection; these four stay (errata v4.0 section 3.18). */
function startKey({ connectorId, idTag, timestamp, meterStart }: StartTransactionRequest): StartKey {
  return { connectorId, idTag, timestamp, meterStart };
}
