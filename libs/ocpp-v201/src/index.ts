import { bootNotification, type Protocol, type Repetition } from '@ocpp-gw/ocpp-j';
import { validators } from '#generated/validators.js';
import { actions } from './actions/index.ts';
import { mirrors, readAnswer, readStatus, translate } from './commands/table.ts';
import { dialect } from './dialect.ts';
import type { InboundAction } from './directions.ts';
import { requests } from './requests.ts';
import { validateRequest, validateResponse } from './validate.ts';

/** The payload of an event identifies it; the payload of a boot does not. */
const repeatable = {
  BootNotification: { within: 'connection' },
  TransactionEvent: { within: 'station', time: 'timestamp' },
} satisfies Partial<Record<InboundAction, Repetition>>;

/** The whole protocol OCPP 2.0.1. */
export const ocpp201: Protocol = {
  dialect,
  actions,
  knownActions: new Set(Object.keys(validators)),
  boot: bootNotification,
  // B02.FR.09: a Pending station sends only the messages that it was asked for.
  allowedBeforeAccepted: new Set(),
  repeatable,
  requests,
  validateRequest,
  validateResponse,
  translate,
  mirrors,
  readStatus,
  readAnswer,
};

/** What the schemas demand, by action. */
export { shapes } from '#generated/shapes.js';
