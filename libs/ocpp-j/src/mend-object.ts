import { ExactNumber } from './exact-json.ts';
import { lettersOf } from './mend-value.ts';
import type { Moved, RawFields, Shape } from './shape.ts';

/* How the parts of a payload are found, whatever they are wrapped in or called. */

/** The field without which the message says nothing. */
export interface Lack {
  path: string;
  found: 'nothing' | 'no such word' | 'no such type';
}

interface Outline {
  fields: readonly (readonly [string, Shape])[];
  /** The key is {@link lettersOf} the name. */
  names: ReadonlyMap<string, string>;
}

const OUTLINES = new WeakMap<Shape, Outline>();

/** Known once, because a schema is read for every message. */
export function outlineOf(shape: Shape): Outline {
  const known = OUTLINES.get(shape);
  if (known) return known;
  const fields = Object.entries(shape.properties ?? {});
  const outline = { fields, names: new Map(fields.map(([name]) => [lettersOf(name), name])) };
  OUTLINES.set(shape, outline);
  return outline;
}

export function sourceOf(
  name: string,
  raw: RawFields,
  moved: Moved | undefined,
  misnamed: Map<string, string> | undefined,
): unknown {
  if (moved && Object.hasOwn(moved.fields, name)) return moved.fields[name];
  const key = misnamed?.get(name) ?? name;
  return Object.hasOwn(raw, key) ? raw[key] : undefined;
}

export function lackOf(shape: Shape, raw: unknown): Lack['found'] {
  return shape.enum && typeof raw === 'string' ? 'no such word' : 'no such type';
}

/** Parses JSON that was written into a text; undefined where the text is no JSON. */
export function inText(value: unknown, bracket: '{' | '['): unknown {
  if (typeof value !== 'string' || !value.trimStart().startsWith(bracket)) return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

/** A list that is the only item of another, where the items themselves are no lists. */
export function unwrapped(list: unknown, items: Shape): unknown {
  if (!Array.isArray(list) || list.length !== 1 || [undefined, 'array'].includes(items.type)) return list;
  const [inner] = list as unknown[];
  return Array.isArray(inner) && inner.length > 1 ? inner : list;
}

export function isObject(value: unknown): value is RawFields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber);
}
