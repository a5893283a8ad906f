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
 * Whom to ask about; null: nobody is behind the token. NoAuthorization is a start without a token (C02, citrineos#964), and
 * a token that is empty, too long or of a type that nobody specified can have been issued by nobody (notes 4.17). One that
 * does not tell its type is asked about without it.
 */
export function idTokenOf({ idToken, type }: IdTokenType): IdToken | null {
  if (type === 'NoAuthorization' || idToken === '' || [...idToken].length > MAX_ID_TOKEN) return null;
  // Read leniently it may be any text.
  const raw: string = type;
  if (raw === '') return { idToken };
  return isTokenType(raw) ? { idToken, type: raw } : null;
}

/** What is to be said of a token, given what was said of its {@link idTokenOf}. A master pass is a group like any other (C16). */
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
    // A group id that does not fit is left out: cut, it would match another group's.
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
