import {
  type ActionHandler,
  type CostAnswer,
  type CostQuery,
  type Effect,
  type Sample,
  clockIsAbsurd,
  gatewayTransactionId,
  latestRegisterWh,
  readChargerTime,
  readRegisters,
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
 * order: each effect stands by itself, and seqNo gives its place. Every token in an event is authorized and
 * answered, not the first one only. The answer to the end has the total cost; while charging, the cost is sent after the answer.
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
    const met = readingRules(readings, samples, now);
    return {
      reply: {
        ...(info && { idTokenInfo: info }),
        ...(request.eventType === 'Ended' && cost && { totalCost: cost.totalCost }),
      },
      before: [
        effectOf(request, {
          now,
          samples,
          ...cost,
          idTokenStatus: info?.status,
          groupToken: idToken?.group?.idToken,
        }),
      ],
      noted: rulesMet({ ...met, 'clock-absurd': met['clock-absurd'] || clockIsAbsurd(request.timestamp, now) }),
      ...(request.eventType === 'Updated' &&
        cost && {
          after: [
            { kind: 'CostUpdated', transactionId: gatewayTransactionId(transactionId), totalCost: cost.totalCost },
          ],
        }),
    };
  },
};

/** A replayed update is about the past, so the driver is shown no cost. */
function costQuery(request: TransactionEventRequest, now: Date): CostQuery | null {
  const { eventType, offline = false, transactionInfo, timestamp } = request;
  if (eventType === 'Started' || (eventType === 'Updated' && offline)) return null;
  return {
    transactionId: transactionInfo.transactionId,
    final: eventType === 'Ended',
    meterWh: meterWh(request, now),
    at: readChargerTime(timestamp, now).at,
  };
}

interface Known extends Partial<CostAnswer> {
  now: Date;
  samples: readonly Sample[];
  idTokenStatus: string | undefined;
  groupToken: string | undefined;
}

function effectOf(request: TransactionEventRequest, { now, ...known }: Known): Effect {
  const { transactionInfo, idToken } = request;
  const common = {
    ...evseOf(request.evse),
    transactionId: transactionInfo.transactionId,
    // Some stations leave it out or send no number. Then the order follows from the time only (T14).
    seqNo: (request.seqNo as number | undefined) ?? 0,
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
      return { kind: 'transactionStarted', ...common };
    case 'Updated':
      return { kind: 'transactionUpdated', ...common };
    case 'Ended':
      return {
        kind: 'transactionEnded',
        ...common,
        // "MAY only be omitted when Reason is Local."
        reason: transactionInfo.stoppedReason ?? 'Local',
      };
  }
}

/** The register that was reported last, chosen as for the bill. */
function meterWh({ eventType, meterValue = [], timestamp }: TransactionEventRequest, now: Date): number | undefined {
  const { at } = readChargerTime(timestamp, now);
  const role = eventType === 'Ended' ? 'ended' : 'updated';
  return latestRegisterWh(readRegisters({ role, samples: samplesOf(meterValue, now), at })) ?? undefined;
}
