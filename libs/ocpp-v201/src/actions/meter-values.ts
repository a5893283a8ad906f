import { type ActionHandler, readChargerTime, readingRules, rulesMet } from '@ocpp-gw/ocpp-j';
import type { MeterValuesRequest, MeterValuesResponse } from '#generated/messages.d.ts';
import { evseOf } from './evse.ts';
import { samplesOf } from './samples.ts';

/**
 * MeterValues, charging station to CSMS (OCPP 2.0.1 J01).
 * Readings outside a transaction, of an EVSE or of the main meter (EVSE 0); those of a transaction come in TransactionEvent.
 */
export const meterValues: ActionHandler<MeterValuesRequest, MeterValuesResponse, never> = {
  lookups: () => ({}),
  decide(request, { now }) {
    const samples = samplesOf(request.meterValue, now);
    const noted = rulesMet(readingRules(request.meterValue, samples, now));
    if (samples.length === 0) return { reply: {}, before: [], noted };
    return {
      reply: {},
      before: [
        {
          kind: 'meterValues',
          ...evseOf({ id: request.evseId }),
          samples,
          time: readChargerTime(request.meterValue[0]?.timestamp, now),
        },
      ],
      noted,
    };
  },
};
