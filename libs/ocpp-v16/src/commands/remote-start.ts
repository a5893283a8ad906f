import type { RemoteStart } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import { checked } from './checked.ts';

/** RemoteStart as RemoteStartTransaction (OCPP 1.6 section 5.11). 1.6 has neither token types nor remoteStartId. */
export function remoteStart({ idToken, evseId }: RemoteStart): Translation {
  return checked('RemoteStartTransaction', { idTag: idToken, connectorId: evseId });
}
