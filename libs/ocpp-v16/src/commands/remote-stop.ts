import type { RemoteStop } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import { checked } from './checked.ts';

const INT32_MAX = 2_147_483_647;

/** RemoteStop as RemoteStopTransaction (OCPP 1.6 section 5.12). */
export function remoteStop({ transactionId }: RemoteStop): Translation {
  const id = /^\d{1,10}$/.test(transactionId) ? Number(transactionId) : NaN;
  if (!(id <= INT32_MAX))
    return {
      ok: false,
      kind: 'invalidPayload',
      errors: [{ path: '/transactionId', message: `must be a whole number from 0 to ${INT32_MAX} in OCPP 1.6` }],
    };
  return checked('RemoteStopTransaction', { transactionId: id });
}
