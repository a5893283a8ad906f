import type { Translation } from '@ocpp-gw/ocpp-j';
import { checked } from './checked.ts';
import { INT32_MAX } from './int32.ts';
import type { MirrorOf } from './mirror.ts';

/** GetLocalListVersion (OCPP 2.0.1 D02). */
export function getLocalListVersion(): Translation {
  return checked('GetLocalListVersion', {});
}

export const getLocalListVersionMirror = {
  // 0: there is no list. No other version is one that was ever sent.
  answered: (_request, { versionNumber }) =>
    versionNumber >= 0 && versionNumber <= INT32_MAX ? [{ kind: 'localListVersion', version: versionNumber }] : [],
} satisfies MirrorOf<'GetLocalListVersion'>;
