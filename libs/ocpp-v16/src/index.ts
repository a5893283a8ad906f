import type { Protocol } from '@ocpp-gw/ocpp-j';
import { validators } from '#generated/validators.js';
import { actions } from './actions/index.ts';
import { translate } from './commands/translate.ts';
import { dialect } from './dialect.ts';
import { validateRequest, validateResponse } from './validate.ts';

export type { Action, InboundAction, OutboundAction } from './directions.ts';

/** OCPP 1.6, whole. */
export const ocpp16: Protocol = {
  dialect,
  actions,
  knownActions: new Set(Object.keys(validators)),
  // 4.2: "the Charge Point SHALL NOT send any other request".
  allowedBeforeAccepted: new Set(['BootNotification']),
  validateRequest,
  validateResponse,
  translate,
};
