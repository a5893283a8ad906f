import { type ActionHandler, type EvseRef, type KnownTransaction, answered, readChargerTime } from '@ocpp-gw/ocpp-j';
import type { StopTransactionRequest, StopTransactionResponse } from '#generated/messages.d.ts';
import { idTagInfo } from './authorization.ts';
import { evseOf } from './evse.ts';
import { samplesOf } from './samples.ts';
import { usableTransactionId } from './transaction-id.ts';

const WHOLE_CHARGE_POINT: EvseRef = evseOf(0);

/**
 * StopTransaction, charge point to central system (OCPP 1.6 section 4.10).
 * Charging has ended: it cannot be refused, and an unknown transaction is filed, not answered with an error that
 * would make the charge point send it again and again.
 */
export const stopTransaction: ActionHandler<
  StopTransactionRequest,
  StopTransactionResponse,
  'idToken' | 'transaction'
> = {
  lookups(request, { now }) {
    const transactionId = usableTransactionId(request.transactionId);
    const { at } = readChargerTime(request.timestamp, now);
    return {
      idToken: request.idTag === undefined ? null : { idToken: request.idTag },
      transaction:
        transactionId === undefined
          ? // StopTransaction names no connector: what runs anywhere here is meant.
            { by: 'evse', ...WHOLE_CHARGE_POINT, at }
          : { by: 'id', transactionId },
    };
  },
  decide(request, facts) {
    const transaction = meant(request, facts.transaction);
    const info = request.idTag === undefined ? undefined : idTagInfo(answered(facts.idToken, 'idToken'));
    const { evseId, connectorId } = transaction ?? WHOLE_CHARGE_POINT;
    return {
      reply: info ? { idTagInfo: info } : {},
      before: [
        {
          kind: 'transactionEnded',
          evseId,
          connectorId,
          transactionId: transaction?.transactionId ?? String(request.transactionId),
          ...(transaction ? {} : { orphan: true }),
          ...(info && { idToken: { idToken: request.idTag as string }, idTokenStatus: info.status }),
          samples: samplesOf(request.transactionData ?? [], facts.now),
          // "MAY only be omitted when the Reason is Local."
          reason: request.reason ?? 'Local',
          meterStopWh: request.meterStop,
          time: readChargerTime(request.timestamp, facts.now),
        },
      ],
    };
  },
};

/** One found in place of an unusable id is another's when its meter already stood higher. */
function meant(request: StopTransactionRequest, found: KnownTransaction | null): KnownTransaction | null {
  const named = usableTransactionId(request.transactionId) !== undefined;
  return found && (named || (found.meterStartWh ?? 0) <= request.meterStop) ? found : null;
}
