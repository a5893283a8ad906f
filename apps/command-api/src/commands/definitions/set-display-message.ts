import { defineCommand } from '../define-command.ts';
import { displayMessage } from '../display-message.ts';
import { request } from '../fields.ts';

export const setDisplayMessage = defineCommand({
  kind: 'SetDisplayMessage',
  slug: 'set-display-message',
  summary: 'Show a message on the display (2.0.1 only; 1.6 has DataTransfer)',
  request: request({ message: displayMessage }),
  example: {
    message: {
      id: 3,
      priority: 'NormalCycle',
      state: 'Idle',
      message: { format: 'UTF8', language: 'en', content: 'Free charging until noon' },
    },
  },
});
