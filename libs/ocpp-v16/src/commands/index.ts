/** The entry for whoever sends to a charger of this version: what may be sent, with its schemas and types. */
export { SUBPROTOCOL as subprotocol } from '../directions.ts';
export { outboundActions, validateCommandPayload, type OutboundAction } from './table.ts';
export type { Messages } from '#generated/messages.d.ts';
