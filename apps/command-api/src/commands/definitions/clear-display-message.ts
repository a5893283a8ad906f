import { defineCommand } from '../define-command.ts';
import { displayMessageId } from '../display-message.ts';
import { request } from '../fields.ts';

export const clearDisplayMessage = defineCommand({
  kind: 'ClearDisplayMessage',
  slug: 'clear-display-message',
  summary: 'Clear a message of the display (2.0.1 only; 1.6 has DataTransfer)',
  request: request({ id: displayMessageId.describe('As it was set') }),
  example: { id: 3 },
});
