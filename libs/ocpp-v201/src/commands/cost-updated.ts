import type { CostUpdated } from '@ocpp-gw/contracts';
import { stationTransactionId, type Translation } from '@ocpp-gw/ocpp-j';
import { checked } from './checked.ts';

/** CostUpdated (OCPP 2.0.1 I02). */
export function costUpdated({ transactionId, totalCost }: CostUpdated): Translation {
  return checked('CostUpdated', { transactionId: stationTransactionId(transactionId), totalCost });
}
