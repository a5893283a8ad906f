import { outbound } from './outbound.ts';
import { readTransactionId, TRANSACTION_ID_RULE } from './transaction-id.ts';

/** RemoteStop as RemoteStopTransaction (OCPP 1.6 section 5.12). */
export const remoteStop = outbound('RemoteStop', 'RemoteStopTransaction', {
  toCall({ transactionId }, checked) {
    const id = readTransactionId(transactionId);
    if (id === undefined)
      return {
        ok: false,
        kind: 'invalidPayload',
        action: 'RemoteStopTransaction',
        errors: [{ path: '/transactionId', message: TRANSACTION_ID_RULE }],
      };
    return checked({ transactionId: id });
  },
});
