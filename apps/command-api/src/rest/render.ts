import { camelCase, type Camel } from '@ocpp-gw/contracts';
import { z } from 'zod';
import { unwrapped } from '../unwrapped.ts';

/** What an answer is rendered from: its fields in camelCase, times as dates. What is null in the answer may be absent, and a list that is null is empty. */
type Source<T> = T extends readonly (infer Item)[]
  ? readonly Source<Item>[] | null
  : T extends object
    ? { readonly [Key in keyof T & string as null extends T[Key] ? never : Camel<Key>]: Source<T[Key]> } & {
        readonly [Key in keyof T & string as null extends T[Key] ? Camel<Key> : never]?: Source<T[Key]> | undefined;
      }
    : string extends T
      ? T | Date
      : T;

export type SourceOf<Schema extends z.ZodType> = Source<z.infer<Schema>>;

/** An answer of this schema: each field that the schema names, taken from the field of the same name in camelCase. */
export function render<Schema extends z.ZodType>(schema: Schema, source: SourceOf<Schema>): z.infer<Schema> {
  return rendered(schema, source) as z.infer<Schema>;
}

function rendered(schema: z.ZodType, source: unknown): unknown {
  if (source === undefined || source === null) return schema instanceof z.ZodArray ? [] : null;
  if (source instanceof Date) return source.toISOString();
  const bare = unwrapped(schema);
  if (bare instanceof z.ZodArray) return (source as unknown[]).map((item) => rendered(bare.element as z.ZodType, item));
  if (!(bare instanceof z.ZodObject)) return source;
  return Object.fromEntries(
    fieldsOf(bare).map(([name, key, field]) => [name, rendered(field, (source as Record<string, unknown>)[key])]),
  );
}

type Field = readonly [name: string, key: string, schema: z.ZodType];

const known = new WeakMap<z.ZodObject, readonly Field[]>();

function fieldsOf(schema: z.ZodObject): readonly Field[] {
  const found = known.get(schema);
  if (found) return found;
  const shape = Object.entries(schema.shape as Record<string, z.ZodType>);
  const fields = shape.map(([name, field]): Field => [name, camelCase(name), field]);
  known.set(schema, fields);
  return fields;
}
