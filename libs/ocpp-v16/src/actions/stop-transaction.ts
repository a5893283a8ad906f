import { type ActionHandler, clockIsAbsurd, readChargerTime, readingRules, rulesMet } from '@ocpp-gw/ocpp-j';
import type { StopTransactionRequest, StopTransactionResponse } from '#generated/messages.d.ts';
import { idTagInfo, idTokenOf } from './authorization.ts';
import { evseOf } from './evse.ts';
import { registerWh } from './register.ts';
import { samplesOf } from './samples.ts';
import { usableTransactionId } from './transaction-id.ts';

/**
 * StopTransaction, charge point to central system (OCPP 1.6 section 4.10).
 * Charging has ended: it cannot be refused. Which transaction it ends is decided where it is recorded (docs/adr/0031); one
 * that fits none is kept unassigned, not answered with an error that would make the charge point send it again and again.
 */
export const stopTransaction: ActionHandler<StopTransactionRequest, StopTransactionResponse, 'idToken'> = {
  lookups: (request) => ({ idToken: request.idTag === undefined ? null : idTokenOf(request.idTag) }),
  decide(request, facts) {
    const info = request.idTag === undefined ? undefined : idTagInfo(request.idTag, facts.idToken);
    const readings = request.transactionData ?? [];
    const samples = samplesOf(readings, facts.now);
    const met = readingRules(readings, samples, facts.now);
    const unnamed = usableTransactionId(request.transactionId) === undefined;
    return {
      reply: info ? { idTagInfo: info } : {},
      before: [
        {
          kind: 'transactionEnded',
          // The message names no connector.
          ...evseOf(0),
          transactionId: String(request.transactionId),
          ...(unnamed && { unnamed }),
          ...(info && { idToken: { idToken: request.idTag as string }, idTokenStatus: info.status }),
          ...(facts.idToken?.group && { groupToken: facts.idToken.group.idToken }),
          samples,
          // "MAY only be omitted when the Reason is Local."
          reason: request.reason ?? 'Local',
          meterStopWh: registerWh(request.meterStop),
          time: readChargerTime(request.timestamp, facts.now),
        },
      ],
      noted: rulesMet({
        ...met,
        'clock-absurd': met['clock-absurd'] || clockIsAbsurd(request.timestamp, facts.now),
        'transaction-id-unusable': unnamed,
      }),
    };
  },
};
