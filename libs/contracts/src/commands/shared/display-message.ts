import { z } from 'zod';
import { grpcName } from '../grpc-names.ts';
import { component } from './device-model.ts';
import { int32, timestamp, transactionId } from './fields.ts';

/** A message on the display of a 2.0.1 station. */

export const displayMessageId = int32(0)
  .describe('Of the caller; the same id replaces the message')
  .meta({ examples: [3] });

export const messagePriority = grpcName(
  'MessagePriority',
  z
    .enum(['AlwaysFront', 'InFront', 'NormalCycle'])
    .describe('Alone on the display, before the others, or in turn with them'),
);

export const messageState = grpcName(
  'MessageState',
  z
    .enum(['Charging', 'Faulted', 'Idle', 'Unavailable'])
    .describe('State of the station in which the message is shown; absent: any'),
);

export const displayMessage = grpcName(
  'DisplayMessage',
  z
    .strictObject({
      id: displayMessageId,
      priority: messagePriority,
      state: messageState.optional(),
      start_date_time: timestamp.optional().describe('Shown from then on; absent: at once'),
      end_date_time: timestamp.optional().describe('Shown until then; absent: until it is cleared'),
      transaction_id: transactionId.optional().describe('Shown during this transaction, and gone with it'),
      message: grpcName(
        'MessageContent',
        z
          .strictObject({
            format: grpcName('MessageFormat', z.enum(['ASCII', 'HTML', 'URI', 'UTF8']).describe('Of the content')),
            language: z
              .string()
              .min(1)
              .max(8)
              .optional()
              .describe('RFC 5646')
              .meta({ examples: ['en'] }),
            content: z
              .string()
              .min(1)
              .max(512)
              .describe('What is shown')
              .meta({ examples: ['Free charging until noon'] }),
          })
          .describe('The text'),
      ),
      display: component.optional().describe('Which display, where the station has several'),
    })
    .meta({ id: 'DisplayMessage' }),
);
