import type { LocalListEntry, PayloadFault } from '@ocpp-gw/contracts';
import { demand } from '@ocpp-gw/ocpp-j';
import type { SendLocalListRequest } from '#generated/messages.d.ts';
import { outbound } from './outbound.ts';

type WireEntry = NonNullable<SendLocalListRequest['localAuthorizationList']>[number];

/** SendLocalList (OCPP 1.6 section 5.15). */
export const sendLocalList = outbound('SendLocalList', 'SendLocalList', {
  toCall({ version, updateType, entries }, checked) {
    const full = updateType === 'Full';
    return checked(
      {
        listVersion: version,
        localAuthorizationList: entries?.map(toWire),
        updateType,
      },
      [
        ...demand(version > 0, '/listVersion', 'must be 1 or more: GetLocalListVersion has a meaning for 0 and -1'),
        ...(entries ?? []).flatMap((entry, index) => statusFaults(entry, full, index)),
      ],
    );
  },
  mirror: {
    answered: ({ listVersion }, { status }) =>
      status === 'Accepted' ? [{ kind: 'localListVersion', version: listVersion }] : [],
  },
});

function toWire({ idToken, status, expiresAt, groupIdToken }: LocalListEntry): WireEntry {
  return {
    idTag: idToken,
    idTagInfo: status && { status, expiryDate: expiresAt, parentIdTag: groupIdToken },
  };
}

/** Section 7.2: in a differential update an entry without idTagInfo is removed; a full one has nothing to remove. */
function statusFaults(entry: LocalListEntry, full: boolean, index: number): readonly PayloadFault[] {
  const removed = !full && entry.expiresAt === undefined && entry.groupIdToken === undefined;
  return demand(
    removed || entry.status !== undefined,
    `/localAuthorizationList/${index}/idTagInfo`,
    full ? 'must have a status: a full list removes no entries' : 'must have a status, or be left out whole',
  );
}
