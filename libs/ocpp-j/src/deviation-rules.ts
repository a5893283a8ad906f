import type { FieldRuleId } from './field-rules.ts';
import type { DeviationRule } from './tolerance.ts';

/*
 * Deviations that look alike in every version (notes 4). Each protocol library lists the rules it applies and
 * names the fields of its own messages.
 */

const DATE_TIME = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}([.,]\d+)?)?$/;
const A_TIME = '2000-01-01T00:00:00Z';

/** ISO 8601 without an offset: read as UTC, and its text kept (notes 2.11, 4.1). */
export const timestampWithoutOffset: DeviationRule = {
  id: 'timestamp-without-offset',
  keyword: 'format',
  repair: (value, { params }) =>
    params['format'] === 'date-time' && typeof value === 'string' && DATE_TIME.test(value)
      ? { tolerate: true, asIf: A_TIME }
      : undefined,
};

/** Any other text: the receive time stands in, and the text is kept. No message is lost for a clock (notes 2.11, 4.2). */
export const timestampUnreadable: DeviationRule = {
  id: 'timestamp-unreadable',
  keyword: 'format',
  repair: (value, { params }) =>
    params['format'] === 'date-time' && typeof value === 'string' ? { tolerate: true, asIf: A_TIME } : undefined,
};

/** `null` where an optional field should have been left out (notes 2.1, 4.14). */
export const nullForAbsent: DeviationRule = {
  id: 'null-for-absent',
  keyword: 'type',
  repair: (value) => (value === null ? 'drop' : undefined),
};

/** Fields of no specification are ignored (notes 4.18). */
export const unknownProperty: DeviationRule = {
  id: 'unknown-property',
  keyword: 'additionalProperties',
  repair: () => 'drop',
};

/** `available` for `Available`. */
export const letterCase: DeviationRule = {
  id: 'enum-letter-case',
  keyword: 'enum',
  repair: (value, { params }) => {
    const known = knownValues(params).find((each) => each.toLowerCase() === String(value).toLowerCase());
    return known === undefined || known === value ? undefined : { become: known };
  },
};

/** Texts that only describe are cut to what the schema stores; identifiers are not in `fields` (notes 4.17). */
export function overLongText(fields: readonly string[]): DeviationRule {
  return {
    id: 'over-long-text',
    keyword: 'maxLength',
    fields,
    repair: (value, { params }) => {
      const limit = Number(params['limit']);
      // JSON Schema counts code points, so must we.
      const points = typeof value === 'string' ? [...value] : [];
      return points.length > limit ? { become: points.slice(0, limit).join('') } : undefined;
    },
  };
}

/** One object where a list of them is due (notes 4.15). */
export function objectForArray(fields: readonly string[]): DeviationRule {
  return {
    id: 'object-for-array',
    keyword: 'type',
    fields,
    repair: (value, { params }) => (params['type'] === 'array' && isObject(value) ? { become: [value] } : undefined),
  };
}

/** An enum value nobody specified, in a field that is stored and shown but decides nothing: kept as sent (notes 4.13). */
export function unknownValueKept(id: FieldRuleId, fields: readonly string[]): DeviationRule {
  return {
    id,
    keyword: 'enum',
    fields,
    repair: (value, { params }) => {
      const known = knownValues(params);
      return typeof value === 'string' && !known.includes(value) ? { tolerate: true, asIf: known[0] } : undefined;
    },
  };
}

/** An enum value nobody specified, where the specification has one for "anything else" (notes 4.13). */
export function unknownValueBecomes(
  id: FieldRuleId,
  field: string,
  substitute: string,
  beside?: (sent: string) => Readonly<Record<string, unknown>>,
): DeviationRule {
  return {
    id,
    keyword: 'enum',
    fields: [field],
    repair: (value, { params }) =>
      typeof value === 'string' && !knownValues(params).includes(value)
        ? { become: substitute, ...(beside && { beside: beside(value) }) }
        : undefined,
  };
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function knownValues(params: Record<string, unknown>): string[] {
  return params['allowedValues'] as string[];
}
