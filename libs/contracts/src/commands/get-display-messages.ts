import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { displayMessageId, messagePriority, messageState } from './shared/display-message.ts';
import { reportRequestId } from './shared/fields.ts';

export const getDisplayMessages = defineCommand({
  kind: 'GetDisplayMessages',
  summary:
    'Ask for the messages of the display for which every field given holds, all when none is (2.0.1 only; 1.6 has none)',
  nearest: 'data-transfer',
  request: z.strictObject({
    ocpp_request_id: reportRequestId,
    ids: z
      .array(displayMessageId)
      .min(1)
      .optional()
      .describe('Those with these ids')
      .meta({ examples: [[3]] }),
    priority: messagePriority.optional().describe('Those of this priority'),
    state: messageState.optional().describe('Those shown in this state of the charge point'),
  }),
  example: { state: 'Idle' },
  made: 'ocpp_request_id',
});
