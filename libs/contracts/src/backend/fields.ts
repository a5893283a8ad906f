import { z } from 'zod';

/** Backends write statuses in any letter case, with or without underscores and dashes, so both are ignored. */
function folded(text: string): string {
  return text.replace(/[_-]/g, '').toLowerCase();
}

/** The same as a pattern, for the published schema, which has no letter-case flag. */
function spellings(value: string): string {
  return [...value]
    .map((letter) => (/[a-z]/i.test(letter) ? `[${letter.toUpperCase()}${letter.toLowerCase()}]` : letter))
    .join('[_-]*');
}

/** One of the values, in any spelling. */
export function oneOf<const T extends string>(values: readonly T[]): z.ZodType<T> {
  const bySpelling = new Map(values.map((value) => [folded(value), value]));
  return z
    .string()
    .meta({
      description: `${values.join(', ')}; in any letter case, with or without _ and -`,
      pattern: `^[_-]*(${values.map(spellings).join('|')})[_-]*$`,
    })
    .transform((text, context): T => {
      const value = bySpelling.get(folded(text));
      if (value !== undefined) return value;
      context.addIssue({ code: 'custom', message: `must be one of ${values.join(', ')}` });
      return z.NEVER;
    }) as unknown as z.ZodType<T>;
}

export const instant = z.iso.datetime({ offset: true });
export const text = z.string().min(1);
export const int32 = z.int().min(0).max(2_147_483_647);

/** How the backend writes text in a language (RFC 5646) of at most the length that OCPP allows. */
export const language = text.max(8).nullish();
