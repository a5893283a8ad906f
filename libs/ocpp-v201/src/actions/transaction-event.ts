import {
  type ActionHandler,
  type CostQuery,
  type Effect,
  type Sample,
  clockIsAbsurd,
  energyRegisterWh,
  readChargerTime,
  readingRules,
  rulesMet,
} from '@ocpp-gw/ocpp-j';
import type { TransactionEventRequest, TransactionEventResponse } from '#generated/messages.d.ts';
import { idTokenInfo, idTokenOf } from './authorization.ts';
import { evseOf } from './evse.ts';
import { samplesOf } from './samples.ts';

/**
 * TransactionEvent, charging station to CSMS (OCPP 2.0.1 E01 to E15, I02, I03).
 * A transaction began, went on or ended. The station names and numbers its transactions, and its events arrive in any
 * order: each effect stands by itself, seqNo tells where it belongs. Every token an event carries is authorized
 * and answered, not the first alone. What it costs is told in the answer to its end, and while it goes on after the answer.
 */
export const transactionEvent: ActionHandler<TransactionEventRequest, TransactionEventResponse, 'idToken' | 'cost'> = {
  lookups: (request, { now }) => ({
    idToken: request.idToken ? idTokenOf(request.idToken) : null,
    cost: costQuery(request, now),
  }),
  decide(request, { now, idToken, cost }) {
    const { transactionId } = request.transactionInfo;
    const readings = request.meterValue ?? [];
    const samples = samplesOf(readings, now);
    const info = request.idToken && idTokenInfo(request.idToken, idToken);
    const totalCost = cost ?? undefined;
    const met = readingRules(readings, samples, now);
    return {
      reply: {
        ...(info && { idTokenInfo: info }),
        ...(request.eventType === 'Ended' && totalCost !== undefined && { totalCost }),
      },
      before: [effectOf(request, { now, samples, totalCost, idTokenStatus: info?.status })],
      noted: rulesMet({ ...met, 'clock-absurd': met['clock-absurd'] || clockIsAbsurd(request.timestamp, now) }),
      ...(request.eventType === 'Updated' &&
        totalCost !== undefined && { after: [{ kind: 'CostUpdated', transactionId, totalCost }] }),
    };
  },
};

/** A replayed update tells of the past: its driver is shown no cost. */
function costQuery(request: TransactionEventRequest, now: Date): CostQuery | null {
  const { eventType, offline = false, transactionInfo, timestamp, meterValue = [] } = request;
  if (eventType === 'Started' || (eventType === 'Updated' && offline)) return null;
  return {
    transactionId: transactionInfo.transactionId,
    final: eventType === 'Ended',
    meterWh: register(samplesOf(meterValue, now), 'Transaction.End', 'last'),
    at: readChargerTime(timestamp, now).at,
  };
}

interface Known {
  now: Date;
  samples: readonly Sample[];
  totalCost: number | undefined;
  idTokenStatus: string | undefined;
}

function effectOf(request: TransactionEventRequest, { now, ...known }: Known): Effect {
  const { transactionInfo, idToken } = request;
  const { samples } = known;
  const common = {
    ...evseOf(request.evse),
    transactionId: transactionInfo.transactionId,
    seqNo: request.seqNo,
    triggerReason: request.triggerReason,
    chargingState: transactionInfo.chargingState,
    offline: request.offline ?? false,
    idToken: idToken && { idToken: idToken.idToken, type: idToken.type },
    ...known,
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
