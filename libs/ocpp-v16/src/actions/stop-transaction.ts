import {
  type ActionHandler,
  type EvseRef,
  type KnownTransaction,
  clockIsAbsurd,
  energyRegisterWh,
  readChargerTime,
  readingRules,
  rulesMet,
} from '@ocpp-gw/ocpp-j';
import type { StopTransactionRequest, StopTransactionResponse } from '#generated/messages.d.ts';
import { idTagInfo, idTokenOf } from './authorization.ts';
import { evseOf } from './evse.ts';
import { registerWh } from './register.ts';
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
      idToken: request.idTag === undefined ? null : idTokenOf(request.idTag),
      transaction:
        transactionId === undefined
          ? // StopTransaction names no connector: what runs anywhere here is meant.
            { by: 'evse', ...WHOLE_CHARGE_POINT, at }
          : { by: 'id', transactionId },
    };
  },
  decide(request, facts) {
    const transaction = meant(request, facts.transaction);
    const info = request.idTag === undefined ? undefined : idTagInfo(request.idTag, facts.idToken);
    const { evseId, connectorId } = transaction ?? WHOLE_CHARGE_POINT;
    const readings = request.transactionData ?? [];
    const samples = samplesOf(readings, facts.now);
    const met = readingRules(readings, samples, facts.now);
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
          samples,
          // "MAY only be omitted when the Reason is Local."
          reason: request.reason ?? 'Local',
          meterStopWh: registerWh(request.meterStop) ?? energyRegisterWh(samples, 'last'),
          time: readChargerTime(request.timestamp, facts.now),
        },
      ],
      noted: rulesMet({
        ...met,
        'clock-absurd': met['clock-absurd'] || clockIsAbsurd(request.timestamp, facts.now),
        'transaction-id-unusable': usableTransactionId(request.transactionId) === undefined,
        'stop-of-unknown-transaction': transaction === null,
      }),
    };
  },
};

/** One found in place of an unusable id is another's when its meter already stood higher; without a register none can tell. */
function meant(request: StopTransactionRequest, found: KnownTransaction | null): KnownTransaction | null {
  const named = usableTransactionId(request.transactionId) !== undefined;
  const meterStopWh = registerWh(request.meterStop) ?? Infinity;
  return found && (named || (found.meterStartWh ?? 0) <= meterStopWh) ? found : null;
}
