import { bootNotification, type Protocol, type Repetition } from '@ocpp-gw/ocpp-j';
import { validators } from '#generated/validators.js';
import { actions } from './actions/index.ts';
import { mirrors, readAnswer, readStatus, translate } from './commands/table.ts';
import { dialect } from './dialect.ts';
import type { InboundAction } from './directions.ts';
import { requests } from './requests.ts';
import { validateRequest, validateResponse } from './validate.ts';

/**
 * What a Pending charge point may send (OCPP 1.6 section 4.2, notes 2.9): the messages that a trigger can have asked for,
 * and those that must not be lost because the registration changed while it was offline.
 */
const allowedBeforeAccepted: ReadonlySet<InboundAction> = new Set<InboundAction>([
  'BootNotification',
  'DiagnosticsStatusNotification',
  'FirmwareStatusNotification',
  'Heartbeat',
  'LogStatusNotification',
  'MeterValues',
  'SecurityEventNotification',
  'SignCertificate',
  'SignedFirmwareStatusNotification',
  'StatusNotification',
  'StopTransaction',
]);

/** The payload of a stop identifies it; the payload of a boot does not. */
const repeatable = {
  BootNotification: { within: 'connection' },
  StopTransaction: { within: 'station', time: 'timestamp' },
} satisfies Partial<Record<InboundAction, Repetition>>;

/** The whole protocol OCPP 1.6. */
export const ocpp16: Protocol = {
  dialect,
  actions,
  knownActions: new Set(Object.keys(validators)),
  boot: bootNotification,
  allowedBeforeAccepted,
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
