import type { RemoteStop } from '@ocpp-gw/contracts';
import { stationTransactionId, type Translation } from '@ocpp-gw/ocpp-j';
import { checked } from './checked.ts';

/** RemoteStop as RequestStopTransaction (OCPP 2.0.1 F03). */
export function remoteStop({ transactionId }: RemoteStop): Translation {
  return checked('RequestStopTransaction', { transactionId: stationTransactionId(transactionId) });
}
