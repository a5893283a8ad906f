/** The entry point for code that sends to a charger of this version: the outbound messages with their schemas and types. */
export { SUBPROTOCOL as subprotocol } from '../directions.ts';
export { outboundActions, translate, validateCommandPayload, type OutboundAction } from './table.ts';
export type { Messages } from '#generated/messages.d.ts';
