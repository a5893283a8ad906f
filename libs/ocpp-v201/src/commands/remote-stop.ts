import { stationTransactionId } from '@ocpp-gw/ocpp-j';
import { outbound } from './outbound.ts';

/** RemoteStop as RequestStopTransaction (OCPP 2.0.1 F03). */
export const remoteStop = outbound('RemoteStop', 'RequestStopTransaction', {
  toCall: ({ transactionId }, checked) => checked({ transactionId: stationTransactionId(transactionId) }),
});
