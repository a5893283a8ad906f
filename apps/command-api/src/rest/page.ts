import type { Page } from '@ocpp-gw/persistence';
import { z } from 'zod';

/** Every list looks like this. */
export function pageOf<T extends z.ZodType>(
  item: T,
): z.ZodObject<{ items: z.ZodArray<T>; next_cursor: z.ZodNullable<z.ZodString> }> {
  return z.object({
    items: z.array(item),
    next_cursor: z.string().nullable().describe('Send as cursor to get the next page; null on the last'),
  });
}

export interface PageBody<T> {
  items: T[];
  next_cursor: string | null;
}

export function renderPage<R, T>(page: Page<R>, render: (record: R) => T): PageBody<T> {
  return { items: page.items.map(render), next_cursor: page.nextCursor };
}

/** A list that is one page. */
export function renderWhole<R, T>(records: R[], render: (record: R) => T): PageBody<T> {
  return renderPage({ items: records, nextCursor: null }, render);
}

/** Query parameters of every list. */
export function pageQuery(limits: { preset: number; max: number }): {
  limit: z.ZodDefault<z.ZodCoercedNumber>;
  cursor: z.ZodOptional<z.ZodString>;
} {
  return {
    limit: z.coerce.number().int().min(1).max(limits.max).default(limits.preset).describe('Most items in the answer'),
    cursor: z.string().min(1).max(1000).optional().describe('next_cursor of the page before'),
  };
}

/** Of lists that show the newest and no more. */
export const newestQuery = z.strictObject({ limit: pageQuery({ preset: 50, max: 500 }).limit });

/** A moment in a query parameter, with its offset from UTC. */
export const moment = z.iso
  .datetime({ offset: true, error: 'must be an ISO 8601 time with a zone, e.g. 2026-01-31T12:00:00Z' })
  .transform((text) => new Date(text))
  .meta({ examples: ['2026-01-31T12:00:00Z'] });

/** A moment in an answer. */
export const timestamp = z.iso.datetime();
