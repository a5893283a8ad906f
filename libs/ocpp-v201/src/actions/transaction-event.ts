import {
  type ActionHandler,
  type Effect,
  type Sample,
  answered,
  energyRegisterWh,
  readChargerTime,
} from '@ocpp-gw/ocpp-j';
import type { TransactionEventRequest, TransactionEventResponse } from '#generated/messages.d.ts';
import { idTokenInfo } from './authorization.ts';
import { evseOf } from './evse.ts';
import { samplesOf } from './samples.ts';

/**
 * TransactionEvent, charging station to CSMS (OCPP 2.0.1 E01 to E15).
 * A transaction began, went on or ended. The station names and numbers its transactions, and its events arrive in any
 * order: each effect stands by itself, seqNo tells where it belongs. Every token an event carries is authorized
 * and answered, not the first alone.
 */
export const transactionEvent: ActionHandler<TransactionEventRequest, TransactionEventResponse, 'idToken'> = {
  lookups: ({ idToken }) => ({ idToken: idToken ? { idToken: idToken.idToken, type: idToken.type } : null }),
  decide(request, facts) {
    const info = request.idToken && idTokenInfo(answered(facts.idToken, 'idToken'));
    return {
      reply: info ? { idTokenInfo: info } : {},
      before: [effectOf(request, facts.now, info?.status)],
    };
  },
};

function effectOf(request: TransactionEventRequest, now: Date, idTokenStatus: string | undefined): Effect {
  const { transactionInfo, idToken } = request;
  const samples = samplesOf(request.meterValue ?? [], now);
  const common = {
    ...evseOf(request.evse),
    transactionId: transactionInfo.transactionId,
    seqNo: request.seqNo,
    triggerReason: request.triggerReason,
    chargingState: transactionInfo.chargingState,
    offline: request.offline ?? false,
    idToken: idToken && { idToken: idToken.idToken, type: idToken.type },
    idTokenStatus,
    samples,
    remoteStartId: transactionInfo.remoteStartId,
    reservationId: request.reservationId,
    time: readChargerTime(request.timestamp, now),
  };
  switch (request.eventType) {
    case 'Started':
      return { kind: 'transactionStarted', ...common, meterStartWh: register(samples, 'Transaction.Begin', 'first') };
    case 'Updated':
      return { kind: 'transactionUpdated', ...common };
    case 'Ended':
      return {
        kind: 'transactionEnded',
        ...common,
        // "MAY only be omitted when Reason is Local."
        reason: transactionInfo.stoppedReason ?? 'Local',
        meterStopWh: register(samples, 'Transaction.End', 'last'),
      };
  }
}

/** The energy register marked as the transaction's first or last; where firmware marks none, the first or last there is. */
function register(samples: readonly Sample[], context: string, prefer: 'first' | 'last'): number | undefined {
  const marked = samples.filter((sample) => sample.context === context);
  return energyRegisterWh(marked, prefer) ?? energyRegisterWh(samples, prefer);
}
