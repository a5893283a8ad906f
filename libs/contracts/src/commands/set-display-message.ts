import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { displayMessage } from './shared/display-message.ts';

export const setDisplayMessage = defineCommand({
  kind: 'SetDisplayMessage',
  job: 'display',
  summary: 'Show a message on the display (2.0.1 only; 1.6 has DataTransfer)',
  nearest: 'data-transfer',
  request: z.strictObject({ message: displayMessage }),
  example: {
    message: {
      id: 3,
      priority: 'NormalCycle',
      state: 'Idle',
      message: { format: 'UTF8', language: 'en', content: 'Free charging until noon' },
    },
  },
});
