import type { RemoteStop } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import { checked } from './checked.ts';
import { readTransactionId, TRANSACTION_ID_RULE } from './transaction-id.ts';

/** RemoteStop as RemoteStopTransaction (OCPP 1.6 section 5.12). */
export function remoteStop({ transactionId }: RemoteStop): Translation {
  const id = readTransactionId(transactionId);
  if (id === undefined)
    return {
      ok: false,
      kind: 'invalidPayload',
      action: 'RemoteStopTransaction',
      errors: [{ path: '/transactionId', message: TRANSACTION_ID_RULE }],
    };
  return checked('RemoteStopTransaction', { transactionId: id });
}
