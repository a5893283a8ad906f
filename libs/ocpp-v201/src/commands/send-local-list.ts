import type { LocalListEntry, PayloadFault, SendLocalList } from '@ocpp-gw/contracts';
import type { Translation } from '@ocpp-gw/ocpp-j';
import type { AuthorizationData } from '#generated/messages.d.ts';
import { checked, demand } from './checked.ts';
import { toWireGroup, toWireToken } from './id-token.ts';
import type { MirrorOf } from './mirror.ts';

/** SendLocalList (OCPP 2.0.1 D01). */
export function sendLocalList({ version, updateType, entries = [] }: SendLocalList): Translation {
  const full = updateType === 'full';
  return checked(
    'SendLocalList',
    {
      versionNumber: version,
      // An empty list is one that is left out (D04).
      localAuthorizationList: entries.length > 0 ? entries.map(toWire) : undefined,
      updateType: full ? 'Full' : 'Differential',
    },
    [
      ...demand(version > 0, '/versionNumber', 'must be 1 or more: GetLocalListVersion has a meaning for 0'),
      ...entries.flatMap((entry, index) => statusFaults(entry, full, index)),
    ],
  );
}

function toWire({ idToken, idTokenType, status, expiresAt, groupIdToken }: LocalListEntry): AuthorizationData {
  return {
    idToken: toWireToken(idToken, idTokenType),
    idTokenInfo: status && { status, cacheExpiryDateTime: expiresAt, groupIdToken: toWireGroup(groupIdToken) },
  };
}

/** In a differential update an entry without idTokenInfo is removed; a full one has nothing to remove (D01). */
function statusFaults(entry: LocalListEntry, full: boolean, index: number): readonly PayloadFault[] {
  const removed = !full && entry.expiresAt === undefined && entry.groupIdToken === undefined;
  return demand(
    removed || entry.status !== undefined,
    `/localAuthorizationList/${index}/idTokenInfo`,
    full ? 'must have a status: a full list removes no entries' : 'must have a status, or be left out whole',
  );
}

export const sendLocalListMirror = {
  answered: ({ versionNumber }, { status }) =>
    status === 'Accepted' ? [{ kind: 'localListVersion', version: versionNumber }] : [],
} satisfies MirrorOf<'SendLocalList'>;
