import fc from 'fast-check';
import type { Schema } from './schema-arbitrary.ts';

/** A schema without references, whose objects have names. */
export interface NamedSchema extends Schema {
  readonly name?: string;
  readonly open?: boolean;
  readonly items?: NamedSchema;
  readonly properties?: Record<string, NamedSchema>;
}

type Json = Record<string, unknown>;

export interface Damaged {
  payload: unknown;
  /** What nothing was done to: part of whatever is made of the payload. */
  untouched: unknown;
  /** How many fields were damaged. */
  damages: number;
}

/** Of a tree of values: what is left alone is not there. */
const GONE = Symbol('gone');

interface Node {
  damaged: unknown;
  untouched: unknown;
  damages: number;
}

/**
 * A valid payload, of which any number of fields was spoilt as chargers do: by another type, a missing value, a word or length of no
 * specification, an odd item in a list, fields nobody knows. `isKept` says which are left alone.
 */
export function damagedPayload(
  schema: NamedSchema,
  payload: Json,
  isKept: (owner: string, field: string) => boolean,
): fc.Arbitrary<Damaged> {
  return object(schema, payload, isKept).map(({ damaged, untouched, damages }) => ({
    payload: damaged,
    untouched,
    damages,
  }));
}

type IsKept = (owner: string, field: string) => boolean;

function node(schema: NamedSchema, value: unknown, isKept: IsKept): fc.Arbitrary<Node> {
  if (schema.type === 'object') return object(schema, value as Json, isKept);
  if (schema.type === 'array') return list(schema, value as unknown[], isKept);
  return fc.constant({ damaged: value, untouched: value, damages: 0 });
}

function object(schema: NamedSchema, value: Json, isKept: IsKept): fc.Arbitrary<Node> {
  const fields = Object.entries(schema.properties ?? {})
    .filter(([name]) => Object.hasOwn(value, name))
    .map(([name, field]) => {
      const inner = node(field, value[name], isKept);
      const spoilt = damages(field, value[name]).map((damaged): Node => ({ damaged, untouched: GONE, damages: 1 }));
      const kept = isKept(schema.name ?? '', name);
      return [name, kept ? inner : fc.oneof({ weight: 5, arbitrary: inner }, fc.constantFrom(...spoilt))] as const;
    });
  const whole = fc.record(Object.fromEntries(fields), { noNullPrototype: true });
  return fc.tuple(whole, fc.boolean()).map(([read, more]): Node => {
    const parts = Object.entries(read);
    const damaged = Object.fromEntries(
      parts.map(([name, each]) => [name, each.damaged]).filter(([, each]) => each !== GONE),
    );
    const untouched = parts.filter(([, each]) => each.untouched !== GONE).map(([name, each]) => [name, each.untouched]);
    const unknown = more && !schema.open ? { vendorField: { any: [1] } } : {};
    const count = parts.reduce((sum, [, each]) => sum + each.damages, Object.keys(unknown).length);
    return { damaged: { ...damaged, ...unknown }, untouched: Object.fromEntries(untouched), damages: count };
  });
}

function list(schema: NamedSchema, value: readonly unknown[], isKept: IsKept): fc.Arbitrary<Node> {
  const items = value.map((item) => node(schema.items ?? {}, item, isKept));
  return fc.tuple(...items).map((read): Node => ({
    damaged: read.map(({ damaged }) => damaged),
    untouched: read.map(({ untouched }) => untouched),
    damages: read.reduce((sum, each) => sum + each.damages, 0),
  }));
}

function damages(schema: NamedSchema, value: unknown): unknown[] {
  const common = [GONE, null, [value]];
  switch (schema.type) {
    case 'string':
      if (schema.enum) return [...common, 'NoSuchWord', String(value).toUpperCase(), '', {}];
      if (schema.format === 'date-time') return [...common, 'yesterday', 1796011480, '20261130T040440Z', '', {}];
      return [...common, 17, 0.1, true, { a: [1] }, 'x'.repeat((schema.maxLength ?? 50) + 9)];
    case 'integer':
      return [...common, String(value), 'seven', 7.5, Infinity, {}, ''];
    case 'number':
      return [...common, String(value), 'seven', Infinity, {}, ''];
    case 'boolean':
      return [...common, 0, '1', 'TRUE', 'perhaps', {}];
    case 'array': {
      const items = value as unknown[];
      return [GONE, null, [], 'none', 7, [...items, null, [[]]], ...(items.length === 1 ? [items[0]] : [])];
    }
    case 'object':
      return [...common, 'none', 7, [], [value, value]];
    case undefined:
    default:
      return [GONE];
  }
}

/**
 * The payload with what lenient reading lets stand replaced by what the schema has: words and times of no specification, texts
 * and lists beyond their length, empty lists, numbers that are not there or are text. All else stays, and must be valid.
 */
export function conformed(schema: NamedSchema, value: unknown): unknown {
  switch (schema.type) {
    case 'object': {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
      const missing = (schema.required ?? []).filter((name) => !Object.hasOwn(value, name));
      const numbers = missing.filter((name) => /^(integer|number)$/.test(schema.properties?.[name]?.type ?? ''));
      const fields = Object.entries(value).map(([name, field]) => [
        name,
        conformed(schema.properties?.[name] ?? {}, field),
      ]);
      return { ...Object.fromEntries(fields), ...Object.fromEntries(numbers.map((name) => [name, 0])) };
    }
    case 'array': {
      if (!Array.isArray(value)) return value;
      const items = value.length < (schema.minItems ?? 0) ? [least(schema.items ?? {})] : value;
      return items.slice(0, schema.maxItems ?? Infinity).map((item) => conformed(schema.items ?? {}, item));
    }
    case 'string':
      if (typeof value !== 'string') return value;
      if (schema.enum) return schema.enum.includes(value) ? value : schema.enum[0];
      if (schema.format === 'date-time') return '2026-11-30T04:04:40Z';
      return [...value].slice(0, schema.maxLength ?? Infinity).join('');
    case 'number':
      return typeof value === 'string' ? 0 : value;
    case undefined:
    default:
      return value;
  }
}

function least(schema: NamedSchema): unknown {
  switch (schema.type) {
    case 'object':
      return Object.fromEntries((schema.required ?? []).map((name) => [name, least(schema.properties?.[name] ?? {})]));
    case 'array':
      return [least(schema.items ?? {})];
    case 'boolean':
      return false;
    case 'string':
      return '';
    case undefined:
    default:
      return 0;
  }
}
