import { type ActionHandler, readChargerTime, readingRules, rulesMet } from '@ocpp-gw/ocpp-j';
import type { MeterValuesRequest, MeterValuesResponse } from '#generated/messages.d.ts';
import { evseOf } from './evse.ts';
import { samplesOf } from './samples.ts';
import { usableTransactionId } from './transaction-id.ts';

/**
 * MeterValues, charge point to central system (OCPP 1.6 section 4.7).
 * Readings of a connector or of the main meter (connector 0), in a transaction or between them. Never refused.
 */
export const meterValues: ActionHandler<MeterValuesRequest, MeterValuesResponse, 'transaction'> = {
  lookups(request, { now }) {
    const { connectorId, transactionId } = request;
    if (transactionId === undefined) return { transaction: null };
    const usable = usableTransactionId(transactionId);
    if (usable !== undefined) return { transaction: { by: 'id', transactionId: usable } };
    // The main meter belongs to no single transaction, so an unusable id there means none.
    if (connectorId === 0) return { transaction: null };
    return { transaction: { by: 'evse', ...evseOf(connectorId), at: timeOf(request, now).at } };
  },
  decide(request, { now, transaction }) {
    const samples = samplesOf(request.meterValue, now);
    const byId = usableTransactionId(request.transactionId ?? 0) !== undefined;
    const noted = rulesMet({
      ...readingRules(request.meterValue, samples, now),
      'empty-readings': samples.length === 0,
      'transaction-id-unusable': request.transactionId !== undefined && !byId,
    });
    if (samples.length === 0) return { reply: {}, before: [], noted };
    // Idle connectors send unusable ids too: only a running transaction is meant.
    const known = transaction && (byId || transaction.state === 'active') ? transaction : undefined;
    return {
      reply: {},
      before: [
        {
          kind: 'meterValues',
          ...evseOf(request.connectorId),
          transactionId: known?.transactionId,
          samples,
          time: timeOf(request, now),
        },
      ],
      noted,
    };
  },
};

function timeOf({ meterValue }: MeterValuesRequest, now: Date) {
  return readChargerTime(meterValue[0]?.timestamp, now);
}
