import { type Authorization, type AuthorizationStatus, formatTime } from '@ocpp-gw/ocpp-j';
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

export function idTagInfo({ status, expiresAt, group }: Authorization): IdTagInfo {
  return {
    status: STATUS[status],
    ...(expiresAt && { expiryDate: formatTime(expiresAt) }),
    // A group id that does not fit is left out: cut, it would match another group's.
    ...(group && group.idToken.length <= MAX_ID_TAG && { parentIdTag: group.idToken }),
  };
}

/** A status as recorded, of a version or a build that may have had others. */
export function isIdTagStatus(status: string): status is IdTagStatus {
  return Object.values<string>(STATUS).includes(status);
}
