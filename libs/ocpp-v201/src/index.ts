import type { Protocol } from '@ocpp-gw/ocpp-j';
import { validators } from '#generated/validators.js';
import { actions } from './actions/index.ts';
import { readAnswer } from './commands/read-answer.ts';
import { translate } from './commands/translate.ts';
import { dialect } from './dialect.ts';
import { validateRequest, validateResponse } from './validate.ts';

export type { Action, InboundAction, OutboundAction } from './directions.ts';

/** OCPP 2.0.1, whole. */
export const ocpp201: Protocol = {
  dialect,
  actions,
  knownActions: new Set(Object.keys(validators)),
  // B02.FR.09, B03.FR.07.
  allowedBeforeAccepted: new Set(['BootNotification']),
  validateRequest,
  validateResponse,
  translate,
  mirrors: {},
  readAnswer,
};
