import type { Messages } from '#generated/messages.d.ts';
import type { OutboundAction } from './commands/table.ts';

export type Action = keyof Messages;

/** Name of the WebSocket subprotocol, as it is registered. */
export const SUBPROTOCOL = 'ocpp2.0.1';

/**
 * What `actions/` must handle: every action that no command sends, so a new schema breaks the build until it is placed.
 * DataTransfer goes both ways.
 */
export type InboundAction = Exclude<Action, Exclude<OutboundAction, 'DataTransfer'>>;
