import { openEnum } from '@ocpp-gw/contracts';
import { z } from 'zod';
import { PROTOCOL_NAMES } from '../commands/check-call.ts';

/** The schema of a page: every list of the API has it. */
export function pageOf<T extends z.ZodType>(
  item: T,
): z.ZodObject<{ items: z.ZodArray<T>; next_cursor: z.ZodNullable<z.ZodString> }> {
  return z.object({
    items: z.array(item).describe('Items of this page'),
    next_cursor: z.string().nullable().describe('Send it as `cursor` to get the next page; null on the last page'),
  });
}

/** The query parameters that every paged list has. */
export function pageQuery(limits: { preset: number; max: number }): {
  limit: z.ZodDefault<z.ZodCoercedNumber>;
  cursor: z.ZodOptional<z.ZodString>;
} {
  return {
    limit: z.coerce
      .number()
      .int()
      .min(1)
      .max(limits.max)
      .default(limits.preset)
      .describe('Greatest number of items in the answer'),
    cursor: z
      .string()
      .min(1)
      .max(1000)
      .regex(/^[A-Za-z0-9_-]+$/, 'must be next_cursor of a page, unchanged')
      .optional()
      .describe('`next_cursor` of the previous page; absent for the first page'),
  };
}

/** The query of a list that shows its newest items and has no further page. */
export const newestQuery = z.strictObject({ limit: pageQuery({ preset: 50, max: 500 }).limit });

/** A moment in a query parameter, with its offset from UTC. */
export const moment = z.iso
  .datetime({ offset: true, error: 'must be an ISO 8601 time with a zone, e.g. 2026-01-31T12:00:00Z' })
  .transform((text) => new Date(text))
  .meta({ examples: ['2026-01-31T12:00:00Z'] });

/** A moment in an answer. */
export const timestamp = z.iso.datetime();

/** The OCPP version that a connection spoke when it sent something. */
export const protocol = openEnum(PROTOCOL_NAMES).describe('OCPP version that the charge point spoke');

/** The fields of every event in a list. */
export const eventShape = {
  occurred_at: timestamp.describe('When it happened, by the clock of the charge point'),
  recorded_at: timestamp.describe('When the gateway received it'),
  protocol,
  event_id: z.string().describe('Id of the event on Kafka and in webhooks (UUID)'),
};
