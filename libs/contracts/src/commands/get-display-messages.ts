import { z } from 'zod';
import { defineCommand } from './define-command.ts';
import { displayMessageId, messagePriority, messageState } from './shared/display-message.ts';
import { reportRequestId } from './shared/fields.ts';

export const getDisplayMessages = defineCommand({
  kind: 'GetDisplayMessages',
  job: 'display',
  summary:
    'Ask for the display messages that match every given field, or for all of them when no field is given (2.0.1 only; 1.6 has none)',
  nearest: 'data-transfer',
  request: z.strictObject({
    ocpp_request_id: reportRequestId,
    ids: z
      .array(displayMessageId)
      .min(1)
      .optional()
      .describe('Ids of the messages to report')
      .meta({ examples: [[3]] }),
    priority: messagePriority.optional().describe('Priority of the messages to report'),
    state: messageState.optional().describe('State of the charge point in which the messages to report are shown'),
  }),
  example: { state: 'Idle' },
  made: 'ocpp_request_id',
});
