import { z } from 'zod';
import { TAG_NAME, TAG_VALUE } from '../admin/tags.ts';

/** Refuses a period that ends before it begins. */
export function withPeriod<Query extends z.ZodObject>(query: Query): Query {
  return query.refine(
    (given) => {
      const { from, to } = given as { from?: Date; to?: Date };
      return !from || !to || from <= to;
    },
    { path: ['to'], message: 'must not be before from' },
  );
}

/** A sort order; a minus sorts in descending order. */
export function sortBy<const Sorts extends readonly [string, ...string[]]>(
  sorts: Sorts,
  preset: Sorts[number],
): z.ZodDefault<z.ZodEnum<{ [Sort in Sorts[number]]: Sort }>> {
  return z
    .enum(sorts)
    .default(preset as never)
    .describe('Order of the list; a minus sorts in descending order') as never;
}

const TAG = /^([^:]+):(.+)$/su;

/** `tag=site:berlin`, which may be repeated. */
export const tagQuery = z
  .preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(z.string()).max(20).transform(tagsOf))
  .optional()
  .describe(
    'Only what belongs to charge points that carry this tag, as name:value; may be repeated with other names, and then they carry all of the tags',
  )
  .meta({
    type: 'array',
    maxItems: 20,
    items: { type: 'string', pattern: `${TAG_NAME.source.slice(0, -1)}:${TAG_VALUE.source.slice(1)}` },
    examples: [['site:berlin']],
  });

function tagsOf(texts: readonly string[], context: z.RefinementCtx): Record<string, string> {
  const tags = new Map<string, string>();
  for (const text of texts) {
    const [, name = '', value = ''] = TAG.exec(text) ?? [];
    if (!TAG_NAME.test(name) || !TAG_VALUE.test(value))
      context.addIssue({ code: 'custom', message: 'must be name:value, e.g. site:berlin' });
    else if ((tags.get(name) ?? value) !== value) context.addIssue({ code: 'custom', message: `names ${name} twice` });
    else tags.set(name, value);
  }
  return Object.fromEntries(tags);
}

export const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
