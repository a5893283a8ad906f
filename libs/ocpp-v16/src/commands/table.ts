import { commandSet } from '@ocpp-gw/ocpp-j';
import { commands } from '../generated/commands.ts';
import { rules } from './outbound.ts';

/** Every command that OCPP 1.6 has a message for: the commands of all files in this folder. */
export { commands };

/** Actions the CSMS sends. */
export type OutboundAction = (typeof commands)[number]['action'];

export const { outboundActions, validateCommandPayload, translate, mirrors, readStatus, readAnswer } = commandSet({
  version: 'OCPP 1.6',
  station: 'charge point',
  commands,
  rules,
});
