import type { ActionHandler } from '@ocpp-gw/ocpp-j';
import type { AuthorizeRequest, AuthorizeResponse } from '#generated/messages.d.ts';
import { idTagInfo, idTokenOf } from './authorization.ts';

/**
 * Authorize, charge point to central system (OCPP 1.6 section 4.1).
 * May this tag charge, or stop a charge? A refusal is a status, never an error.
 */
export const authorize: ActionHandler<AuthorizeRequest, AuthorizeResponse, 'idToken'> = {
  lookups: ({ idTag }) => ({ idToken: idTokenOf(idTag) }),
  decide: ({ idTag }, facts) => ({
    reply: { idTagInfo: idTagInfo(idTag, facts.idToken) },
    before: [],
  }),
};
