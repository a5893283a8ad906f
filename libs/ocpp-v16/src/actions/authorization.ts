import { type Authorization, type AuthorizationStatus, type IdToken, answered, formatTime } from '@ocpp-gw/ocpp-j';
import type { AuthorizeResponse } from '#generated/messages.d.ts';

type IdTagInfo = AuthorizeResponse['idTagInfo'];
export type IdTagStatus = IdTagInfo['status'];

/** 1.6 has five statuses: a tag known but not to be served is Blocked, one that does not fit here is Invalid. */
const STATUS: Readonly<Record<AuthorizationStatus, IdTagStatus>> = {
  Accepted: 'Accepted',
  Blocked: 'Blocked',
  ConcurrentTx: 'ConcurrentTx',
  Expired: 'Expired',
  Invalid: 'Invalid',
  NoCredit: 'Blocked',
  NotAllowedTypeEVSE: 'Invalid',
  NotAtThisLocation: 'Invalid',
  NotAtThisTime: 'Invalid',
  Unknown: 'Invalid',
};

/** IdToken is CiString20Type in 1.6. */
const MAX_ID_TAG = 20;

/**
 * The token to ask the backend about; null when the text is no IdToken of 1.6, so that nobody can have issued it (notes
 * 4.17).
 */
export function idTokenOf(idTag: string): IdToken | null {
  return idTag !== '' && [...idTag].length <= MAX_ID_TAG ? { idToken: idTag } : null;
}

/** The answer about a tag, from the backend's decision about its {@link idTokenOf}. */
export function idTagInfo(idTag: string, authorization: Authorization | null): IdTagInfo {
  if (idTokenOf(idTag) === null) return { status: 'Invalid' };
  const { status, expiresAt, group } = answered(authorization, 'idToken');
  return {
    status: STATUS[status],
    ...(expiresAt && { expiryDate: formatTime(expiresAt) }),
    // A group id that is too long is left out: a cut id could be that of another group.
    ...(group && group.idToken.length <= MAX_ID_TAG && { parentIdTag: group.idToken }),
  };
}

/** Reads a recorded status, which another version or build may have written. */
export function isIdTagStatus(status: string): status is IdTagStatus {
  return Object.values<string>(STATUS).includes(status);
}
