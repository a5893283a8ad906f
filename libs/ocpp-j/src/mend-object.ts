import { ToldNumber } from './exact-json.ts';
import { lettersOf } from './mend-value.ts';
import type { Moved, Shape, Told } from './shape.ts';

/* How the parts of a payload are found, whatever they are wrapped in or called. */

/** The field without which the message says nothing. */
export interface Lack {
  path: string;
  told: 'nothing' | 'no such word' | 'no such type';
}

interface Outline {
  fields: readonly (readonly [string, Shape])[];
  /** By {@link lettersOf} the name. */
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
  told: Told,
  moved: Moved | undefined,
  misnamed: Map<string, string> | undefined,
): unknown {
  if (moved && Object.hasOwn(moved.fields, name)) return moved.fields[name];
  const key = misnamed?.get(name) ?? name;
  return Object.hasOwn(told, key) ? told[key] : undefined;
}

export function lackOf(shape: Shape, told: unknown): Lack['told'] {
  return shape.enum && typeof told === 'string' ? 'no such word' : 'no such type';
}

/** JSON that was written into a text; undefined where it is none. */
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

export function isObject(value: unknown): value is Told {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ToldNumber);
}
