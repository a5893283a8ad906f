import type { Protocol } from '@ocpp-gw/ocpp-j';
import { validators } from '#generated/validators.js';
import { actions } from './actions/index.ts';
import { mirrors, readAnswer, readStatus, translate } from './commands/table.ts';
import { dialect } from './dialect.ts';
import { validateRequest, validateResponse } from './validate.ts';

export type { OutboundAction } from './commands/table.ts';
export type { Action, InboundAction } from './directions.ts';

/** OCPP 2.0.1, whole. */
export const ocpp201: Protocol = {
  dialect,
  actions,
  knownActions: new Set(Object.keys(validators)),
  // B02.FR.09: a Pending station sends what it was asked for, and nothing else.
  allowedBeforeAccepted: new Set(),
  validateRequest,
  validateResponse,
  translate,
  mirrors,
  readStatus,
  readAnswer,
};
