import { stationTransactionId } from '@ocpp-gw/ocpp-j';
import { outbound } from './outbound.ts';

/** CostUpdated (OCPP 2.0.1 I02). */
export const costUpdated = outbound('CostUpdated', 'CostUpdated', {
  toCall: ({ transactionId, totalCost }, checked) =>
    checked({ transactionId: stationTransactionId(transactionId), totalCost }),
});
