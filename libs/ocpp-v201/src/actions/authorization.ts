import { type Authorization, type IdToken, formatTime } from '@ocpp-gw/ocpp-j';
import type { IdTokenEnumType, IdTokenInfoType, IdTokenType } from '#generated/messages.d.ts';

const TOKEN_TYPES: Readonly<Record<IdTokenEnumType, true>> = {
  Central: true,
  eMAID: true,
  ISO14443: true,
  ISO15693: true,
  KeyCode: true,
  Local: true,
  MacAddress: true,
  NoAuthorization: true,
};

const MAX_ID_TOKEN = 36;

export function idTokenInfo({ status, expiresAt, group }: Authorization): IdTokenInfoType {
  return {
    status,
    ...(expiresAt && { cacheExpiryDateTime: formatTime(expiresAt) }),
    // A group id that does not fit is left out: cut, it would match another group's.
    ...(group && group.idToken.length <= MAX_ID_TOKEN && { groupIdToken: groupIdToken(group) }),
  };
}

/** A group is an identifier of the CSMS, unless the backend says otherwise. */
function groupIdToken({ idToken, type = 'Central' }: IdToken): IdTokenType {
  return { idToken, type: isTokenType(type) ? type : 'Central' };
}

function isTokenType(type: string): type is IdTokenEnumType {
  return Object.hasOwn(TOKEN_TYPES, type);
}
