import { type ActionHandler, readChargerTime, readingRules, rulesMet } from '@ocpp-gw/ocpp-j';
import type { MeterValuesRequest, MeterValuesResponse } from '#generated/messages.d.ts';
import { evseOf } from './evse.ts';
import { samplesOf } from './samples.ts';
import { usableTransactionId } from './transaction-id.ts';

/**
 * MeterValues, charge point to central system (OCPP 1.6 section 4.7).
 * Readings of a connector or of the main meter (connector 0), in a transaction or between them. Never refused.
 */
export const meterValues: ActionHandler<MeterValuesRequest, MeterValuesResponse, never> = {
  lookups: () => ({}),
  decide(request, { now }) {
    const { transactionId } = request;
    const samples = samplesOf(request.meterValue, now);
    const usable = transactionId === undefined ? undefined : (usableTransactionId(transactionId) ?? null);
    const noted = rulesMet({
      ...readingRules(request.meterValue, samples, now),
      'empty-readings': samples.length === 0,
      'transaction-id-unusable': usable === null,
    });
    if (samples.length === 0) return { reply: {}, before: [], noted };
    return {
      reply: {},
      before: [
        {
          kind: 'meterValues',
          ...evseOf(request.connectorId),
          ...(usable !== undefined && { transactionId: usable }),
          samples,
          time: readChargerTime(request.meterValue[0]?.timestamp, now),
        },
      ],
      noted,
    };
  },
};
