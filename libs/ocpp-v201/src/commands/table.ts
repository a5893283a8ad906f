import { commandSet } from '@ocpp-gw/ocpp-j';
import { commands } from '../generated/commands.ts';
import { rules } from './outbound.ts';

/** Actions the CSMS sends. */
export type OutboundAction = (typeof commands)[number]['action'];

export const { outboundActions, validateCommandPayload, translate, mirrors, readStatus, readAnswer } = commandSet({
  version: 'OCPP 2.0.1',
  station: 'charging station',
  commands,
  rules,
});
