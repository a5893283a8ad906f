import type { RemoteStart } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import type { IdTokenEnumType } from '#generated/messages.d.ts';
import { checked } from './checked.ts';

/** RemoteStart as RequestStartTransaction (OCPP 2.0.1 F01, F02). */
export function remoteStart({ idToken, idTokenType = 'Central', evseId, remoteStartId }: RemoteStart): Translation {
  return checked('RequestStartTransaction', {
    remoteStartId,
    // The schema has the last word on the type.
    idToken: { idToken, type: idTokenType as IdTokenEnumType },
    evseId,
  });
}
