import { type Authorization, type IdToken, answered, formatTime } from '@ocpp-gw/ocpp-j';
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

/**
 * The token to ask the backend about; null when nobody can have issued it. NoAuthorization is a start without a token (C02,
 * citrineos#964), and nobody issues a token that is empty, too long or of an unknown type (notes 4.17). A token without a type
 * is asked about without it.
 */
export function idTokenOf({ idToken, type }: IdTokenType): IdToken | null {
  if (type === 'NoAuthorization' || idToken === '' || [...idToken].length > MAX_ID_TOKEN) return null;
  // In lenient mode the type may be any text.
  const raw: string = type;
  if (raw === '') return { idToken };
  return isTokenType(raw) ? { idToken, type: raw } : null;
}

/**
 * The answer about a token, from the backend's decision about its {@link idTokenOf}. A master pass is a group like any
 * other (C16).
 */
export function idTokenInfo(token: IdTokenType, authorization: Authorization | null): IdTokenInfoType {
  if (token.type === 'NoAuthorization') return { status: 'Accepted' };
  if (idTokenOf(token) === null) return { status: 'Invalid' };
  const { status, expiresAt, group, chargingPriority, evseIds, language, personalMessage } = answered(
    authorization,
    'idToken',
  );
  return {
    status,
    ...(expiresAt && { cacheExpiryDateTime: formatTime(expiresAt) }),
    // A group id that is too long is left out: a cut id could be that of another group.
    ...(group && group.idToken.length <= MAX_ID_TOKEN && { groupIdToken: groupIdToken(group) }),
    ...(chargingPriority !== undefined && { chargingPriority }),
    ...(evseIds && { evseId: [...evseIds] }),
    ...(language !== undefined && { language1: language }),
    ...(personalMessage && { personalMessage }),
  };
}

/** A group is an identifier of the CSMS, unless the backend says otherwise. */
function groupIdToken({ idToken, type = 'Central' }: IdToken): IdTokenType {
  return { idToken, type: isTokenType(type) ? type : 'Central' };
}

function isTokenType(type: string): type is IdTokenEnumType {
  return Object.hasOwn(TOKEN_TYPES, type);
}
