import type { Translation } from '@ocpp-gw/ocpp-j';
import { checked } from './checked.ts';
import { INT32_MAX } from './int32.ts';
import type { MirrorOf } from './mirror.ts';

/** GetLocalListVersion (OCPP 1.6 section 5.10). */
export function getLocalListVersion(): Translation {
  return checked('GetLocalListVersion', {});
}

export const getLocalListVersionMirror = {
  // -1: it keeps no list; 0: it is empty. No other version is one that was ever sent.
  answered: (_request, { listVersion }) =>
    listVersion >= -1 && listVersion <= INT32_MAX ? [{ kind: 'localListVersion', version: listVersion }] : [],
} satisfies MirrorOf<'GetLocalListVersion'>;
