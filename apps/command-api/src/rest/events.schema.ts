import { ALL_TOPICS, TOPICS } from '@ocpp-gw/contracts';
import { z } from 'zod';
import { cpId } from '../charge-point-id.ts';

/** A query parameter that may be given once or several times. */
function repeatable<T extends z.ZodType>(item: T, max: number) {
  return z.preprocess(
    (value) => (value === undefined || Array.isArray(value) ? value : [value]),
    z.array(item).max(max).default([]),
  );
}

export const eventsQuery = z.strictObject({
  cp_id: repeatable(cpId, 500).describe('Only events of these charge points; repeat it for several; absent means all'),
  type: repeatable(z.enum(ALL_TOPICS), ALL_TOPICS.length)
    .describe('Only events of these types; repeat it for several; absent means all but recorded frames (ocpp.message)')
    .meta({ examples: [[TOPICS.transactionStarted, TOPICS.transactionEnded]] }),
  last_event_id: z
    .string()
    .min(1)
    .max(8000)
    .optional()
    .describe('Goes on after this `id`; the header Last-Event-ID, which browsers send by themselves, counts before it'),
});

/** A Last-Event-ID is as long as an `id` may be. */
export const lastEventId = eventsQuery.shape.last_event_id;

/** OpenAPI 3.1 knows the stream as one text only. Tools that know streams hold each event to the second schema. */
export const EVENT_STREAM_SCHEMA = {
  anyOf: [
    { type: 'string' as const },
    {
      type: 'object' as const,
      required: ['event', 'data'],
      properties: {
        id: { type: 'string' as const, description: 'Place in the stream; the last event of a stream has none' },
        event: { type: 'string' as const, enum: [...ALL_TOPICS, 'stream.closed'], description: 'Type of the event' },
        data: { type: 'string' as const, description: 'The event as JSON, as webhooks have it' },
      },
    },
  ],
};
