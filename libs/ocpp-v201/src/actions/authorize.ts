import { type ActionHandler, answered } from '@ocpp-gw/ocpp-j';
import type { AuthorizeRequest, AuthorizeResponse } from '#generated/messages.d.ts';
import { idTokenInfo } from './authorization.ts';

/**
 * Authorize, charging station to CSMS (OCPP 2.0.1 C01).
 * May this token charge, or stop a charge? A refusal is a status, never an error.
 */
export const authorize: ActionHandler<AuthorizeRequest, AuthorizeResponse, 'idToken'> = {
  lookups: ({ idToken: { idToken, type } }) => ({ idToken: { idToken, type } }),
  decide: (_request, facts) => ({
    reply: { idTokenInfo: idTokenInfo(answered(facts.idToken, 'idToken')) },
    before: [],
  }),
};
