import type { LocalListEntry, PayloadFault } from '@ocpp-gw/contracts';
import { demand } from '@ocpp-gw/ocpp-j';
import type { AuthorizationData } from '#generated/messages.d.ts';
import { toWireGroup, toWireToken } from './id-token.ts';
import { outbound } from './outbound.ts';

/** SendLocalList (OCPP 2.0.1 D01). */
export const sendLocalList = outbound('SendLocalList', 'SendLocalList', {
  toCall({ version, updateType, entries = [] }, checked) {
    const full = updateType === 'Full';
    return checked(
      {
        versionNumber: version,
        // The message must leave an empty list out (D04).
        localAuthorizationList: entries.length > 0 ? entries.map(toWire) : undefined,
        updateType,
      },
      [
        ...demand(version > 0, '/versionNumber', 'must be 1 or more: GetLocalListVersion has a meaning for 0'),
        ...entries.flatMap((entry, index) => statusFaults(entry, full, index)),
      ],
    );
  },
  mirror: {
    answered: ({ versionNumber }, { status }) =>
      status === 'Accepted' ? [{ kind: 'localListVersion', version: versionNumber }] : [],
  },
});

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
