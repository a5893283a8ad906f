import { int32 } from '../column-values.ts';
import { each, remove, upsert } from '../tables/writer.ts';
import { cpId, receivedAt, type Facts } from './fact.ts';

export const displayMessages = {
  /** SetDisplayMessage replaces the message of its id (OCPP 2.0.1 O06); of two under one id the later counts. */
  displayMessagesReported: {
    table: 'display_messages',
    write: [
      each(
        ({ station, effect, now }) => effect.messages.map((message) => ({ station, message, now })),
        upsert(
          'display_messages',
          {
            cp_id: cpId,
            message_id: ({ message }) => int32(message.id),
            message: ({ message }) => message,
            seen_at: receivedAt,
          },
          { laterCounts: true },
        ),
      ),
    ],
  },
  displayMessageCleared: {
    table: 'display_messages',
    write: [remove('display_messages', { cp_id: cpId, message_id: ({ effect }) => int32(effect.id) })],
  },
} satisfies Facts;
