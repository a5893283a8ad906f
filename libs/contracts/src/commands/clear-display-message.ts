import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { displayMessageId } from './shared/display-message.ts';

export const clearDisplayMessage = defineCommand({
  kind: 'ClearDisplayMessage',
  job: 'display',
  summary: 'Clear a display message (2.0.1 only; 1.6 has DataTransfer)',
  nearest: 'data-transfer',
  request: z.strictObject({ id: displayMessageId.describe('Id of the message, as it was set') }),
  example: { id: 3 },
});
