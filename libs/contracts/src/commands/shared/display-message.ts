import { z } from 'zod';
import { grpcName } from '../grpc-names.ts';
import { component } from './device-model.ts';
import { endTime, int32, timestamp, transactionId } from './fields.ts';

/** A message on the display of a 2.0.1 charge point. */

export const displayMessageId = int32(0)
  .describe('Id of the message, chosen by the caller; a message with the same id is replaced')
  .meta({ examples: [3] });

export const messagePriority = grpcName(
  'MessagePriority',
  z
    .enum(['AlwaysFront', 'InFront', 'NormalCycle'])
    .describe(
      'How the message is shown: AlwaysFront alone on the display, InFront before the others, NormalCycle in turn with them',
    ),
);

export const messageState = grpcName(
  'MessageState',
  z
    .enum(['Charging', 'Faulted', 'Idle', 'Unavailable'])
    .describe('State of the charge point in which the message is shown; absent means any state'),
);

export const displayMessage = grpcName(
  'DisplayMessage',
  z
    .strictObject({
      id: displayMessageId,
      priority: messagePriority,
      state: messageState.optional(),
      start_date_time: timestamp.optional().describe('When the message is first shown; absent means at once'),
      end_date_time: endTime
        .optional()
        .describe('When the message is removed, not in the past; absent means when it is cleared'),
      transaction_id: transactionId
        .optional()
        .describe(
          'Transaction during which the message is shown; absent means that it does not depend on a transaction',
        ),
      message: grpcName(
        'MessageContent',
        z
          .strictObject({
            format: grpcName(
              'MessageFormat',
              z.enum(['ASCII', 'HTML', 'URI', 'UTF8']).describe('Format of the content'),
            ),
            language: z
              .string()
              .min(1)
              .max(8)
              .optional()
              .describe('Language of the content (RFC 5646)')
              .meta({ examples: ['en'] }),
            content: z
              .string()
              .min(1)
              .max(512)
              .describe('Text that is shown, or its address when the format is URI')
              .meta({ examples: ['Free charging until noon'] }),
          })
          .describe('Content of the message'),
      ),
      display: component.optional().describe('Display to use, when the charge point has several'),
    })
    .meta({ id: 'DisplayMessage' }),
);
